import pyarrow as pa

from tests.builders import NOON, article, shown
from tests.unit.warehouse.loads import load
from warehouse.catalogue import Column, relations, words
from warehouse.home import Home
from warehouse.publish import publish
from warehouse.reader import open_published


def test_what_can_be_asked_is_the_archive_and_what_was_made_in_the_session(home: Home) -> None:
    load(home, [shown(article())])
    publish(home, "load", "0.1.0", NOON)
    with open_published(home, guarded=True) as connection:
        connection.execute("CREATE VIEW mine AS SELECT 1 AS a")
        connection.register("hits", pa.table({"place": [1]}))
        found = relations(connection)
        kinds = {name: relation.kind for name, relation in found.items()}
        assert list(kinds) == sorted(kinds)
        expected = {"articles": "view", "photos": "table", "articles_as_of": "macro", "mine": "own", "hits": "own"}
        assert expected.items() <= kinds.items()
        assert "opened_copy" not in kinds
        assert found["articles_as_of"].columns == (Column("ts", "parameter", None),)
        for name, relation in found.items():
            if relation.kind != "macro":
                held = [column[0] for column in connection.execute(f"FROM {name}").description]
                assert [column.name for column in relation.columns] == held
        assert {("select", "keyword"), ("regexp_matches", "function")} <= set(words(connection))


def test_the_views_of_a_reader_say_what_they_hold(home: Home) -> None:
    load(home, [shown(article())])
    publish(home, "load", "0.1.0", NOON)
    with open_published(home) as connection:
        rows = connection.execute(
            "SELECT DISTINCT TABLE_COMMENT FROM information_schema.tables WHERE table_name = 'articles'"
        )
        ((about,),) = rows.fetchall()
        assert about.startswith("The current version of each article")
