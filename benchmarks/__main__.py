"""`make bench`: speed as ratios to bare trafilatura, measured in the same run."""

import typer
from rich.console import Console

from benchmarks import extraction, pipeline
from benchmarks.pages import samples

out = Console()


def main(copies: int = 8) -> None:
    """Measure extraction alone, then a whole ingest of every page under `copies` addresses."""
    name, pages = samples()
    out.print(f"{name}, {sum(len(page.body) for page in pages) / len(pages) / 1024:.0f} KB a page on average")
    ours, bare = extraction.measure(pages)
    out.print(f"extraction: {ours:.1f} ms CPU a page; bare trafilatura {bare:.1f} ms; ratio [bold]{ours / bare:.2f}[/]")
    rate = pipeline.bare_rate(pages, copies)
    done = pipeline.measure(pages, copies)
    out.print(
        f"fetch to SQL: {done.rate():.0f} pages/s of {done.pages} pages in {done.wall:.1f} s "
        f"(server's {done.server_cpu:.1f} s CPU deducted); bare trafilatura in {pipeline.CORES} processes "
        f"{rate:.0f} pages/s; ratio [bold]{done.rate() / rate:.2f}[/]"
    )
    out.print(f"CPU of crawl, workers and writer: {done.own_cpu * 1000 / done.pages:.1f} ms a page; wall by step:")
    for step, seconds in sorted(done.steps.items(), key=lambda item: -item[1]):
        out.print(f"  {step:20} {seconds:6.1f} s")


if __name__ == "__main__":
    typer.run(main)
