"""A run's report on a terminal, or in JSON."""

from rich.markup import escape

from articles.cleaning import escaped
from flows.console import err, out, say_json, say_table
from flows.report import Report


def say_report(report: Report, as_json: bool) -> None:
    """A run's report."""
    if as_json:
        say_json(report.as_json())
        return
    for title, rows in report.tables.items():
        if rows:
            say_table(title, list(rows[0]), [list(row.values()) for row in rows])
    for warning in report.warnings:
        err.print(f"[yellow]warning[/]: {escape(escaped(warning))}", highlight=False, soft_wrap=True)
    out.print(escape(report.headline), highlight=False, soft_wrap=True)
