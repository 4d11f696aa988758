"""A small library, and a copy of it to be changed."""

import shutil

import pytest

from articles.model import Photo
from tests.empty import empty
from tests.unit.warehouse.pages import page, publish_and_bring_up
from warehouse.home import Home


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Seven pages, only to be read."""
    home = empty(tmp_path_factory.mktemp("library"))
    photo = Photo(0, "Der Hafen von Bremen", "Lena Ostrow/AFP", "AFP", None, None)
    publish_and_bring_up(
        home,
        page("de", "Die Häuser der Stadt wurden verkauft.\n\nNiemand wollte dort wohnen.", "de", 1, photos=(photo,)),
        page("en", "The council elections in New York were new to the city.", "en", 2, authors=("José Ruiz",)),
        page("es", "Las elecciones municipales en la ciudad.", "es", 3, section="Política"),
        page("ja", "東京都の予算が可決された。都知事は発表した。", "ja", 4, title="都議会の予算"),
        page("th", "นายกรัฐมนตรีแถลงข่าวเมื่อวันศุกร์", "th", 5),
        page("ar", "أعلنت المكتبات في المدينة عن معرض الكتاب", "ar", 6),
        page("undated", "Nobody knows when the houses were built.", "en", 7, published=None),
    )
    return home


@pytest.fixture
def papers(library: Home, home: Home) -> Home:
    """The same in a home of its own."""
    shutil.copytree(library.root, home.root, dirs_exist_ok=True)
    return home
