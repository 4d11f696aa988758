"""A notebook of plots: coverage by day and source with its gaps, wire copy, headlines that changed.

marimo edit examples/notebooks/coverage.py -- --home press
"""

import marimo

app = marimo.App(width="medium", app_title="What an archive covers")


@app.cell
def _():
    import altair as alt
    import marimo as mo

    import hemeroteca

    alt.data_transformers.disable_max_rows()
    return alt, hemeroteca, mo


@app.cell
def _(hemeroteca, mo):
    db = hemeroteca.open(mo.cli_args().get("home"))
    published_at, articles = db.sql("SELECT published_at, (SELECT count(*) FROM articles) FROM about").fetchone()
    mo.md(
        f"""
        # What an archive covers

        {articles:,} articles, in the copy of {published_at:%d %B %Y, %H:%M} UTC. Run this cell again to read
        a newer one.
        """
    )
    return articles, db, published_at


@app.cell
def _(mo):
    mo.md(
        """
        ## Articles by day of publication

        All articles, copies included. A day without one is a gap: grey where nobody looked for articles on that day,
        red where somebody did and found none. All days before the archive began are grey: of the demo's newspapers
        every one.
        """
    )


@app.cell
def _(db):
    coverage = db.sql(
        """
        SELECT source, published_date, articles, usual,
            CASE WHEN articles > 0 THEN 'articles' WHEN looked THEN 'none found' ELSE 'not looked' END AS state
        FROM coverage WHERE published_date IS NOT NULL ORDER BY ALL
        """
    ).to_arrow_table()
    return (coverage,)


@app.cell
def _(alt, coverage):
    days = alt.Chart(coverage).encode(
        alt.X("yearmonthdate(published_date):T", title=None),
        alt.Y("source:N", title=None),
        tooltip=["source:N", "published_date:T", "articles:Q", "usual:Q", "state:N"],
    )
    gaps = alt.Scale(domain=["none found", "not looked"], range=["firebrick", "gainsboro"])
    by_day = (
        alt.layer(
            days.transform_filter("datum.articles == 0")
            .mark_rect()
            .encode(alt.Color("state:N", title="gaps", scale=gaps)),
            days.transform_filter("datum.articles > 0")
            .mark_rect()
            .encode(alt.Color("articles:Q", scale=alt.Scale(scheme="blues", domainMin=0))),
        )
        .resolve_scale(color="independent")
        .properties(width="container", height=alt.Step(30))
    )
    by_day
    return (by_day,)


@app.cell
def _(mo):
    mo.md(
        """
        ## Wire copy

        Of all articles, those that an agency signs, or that share passages with a text which one signs and another
        paper printed too.
        """
    )


@app.cell
def _(db):
    wire = db.sql(
        """
        SELECT source, count(*) AS printed,
            count(*) FILTER (len(agencies) > 0 OR article_id IN (SELECT article_id FROM wire_copy)) AS from_wire,
            from_wire / printed AS share
        FROM articles GROUP BY source ORDER BY source
        """
    ).to_arrow_table()
    return (wire,)


@app.cell
def _(alt, wire):
    wire_share = (
        alt.Chart(wire)
        .mark_bar()
        .encode(
            alt.X("share:Q", title="share of wire copy", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])),
            alt.Y("source:N", title=None),
            tooltip=["source:N", "printed:Q", "from_wire:Q", alt.Tooltip("share:Q", format=".1%")],
        )
        .properties(width="container", height=alt.Step(30))
    )
    wire_share
    return (wire_share,)


@app.cell
def _(mo):
    mo.md(
        """
        ## Headlines that changed

        Each is a version whose title says something else than the one before. It changed at some time between two
        captures; shown is how long after the first one it was seen.
        """
    )


@app.cell
def _(db):
    headlines = db.sql(
        """
        SELECT r.source, r.held_from, v.title AS before, r.title AS after, r.url,
            epoch(r.held_from - a.first_seen_at) / 3600 AS hours
        FROM revisions AS r
        JOIN articles AS a USING (article_id)
        JOIN article_versions AS v ON v.version_id = r.from_version_id
        WHERE list_contains(r.changed, 'title') AND r.kind <> 'cosmetic'
        ORDER BY r.held_from
        """
    ).to_arrow_table()
    return (headlines,)


@app.cell
def _(alt, headlines):
    headline_changes = (
        alt.Chart(headlines)
        .mark_circle(size=80)
        .encode(
            alt.X("hours:Q", title="hours after the article was first seen"),
            alt.Y("source:N", title=None),
            tooltip=["before:N", "after:N", "held_from:T", "url:N"],
        )
        .properties(width="container", height=alt.Step(30))
    )
    headline_changes
    return (headline_changes,)


@app.cell
def _(headlines, mo):
    mo.ui.table(headlines, selection=None)


if __name__ == "__main__":
    app.run()
