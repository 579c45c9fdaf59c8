"""What is previewed is a page that the edition has."""

from pathlib import Path

import pytest

from evidence.build.outline import Outline
from evidence.build.preview import Preview
from evidence.errors import Refusal
from tests.projects import SECOND, small


def test_a_page_that_the_edition_has_not_is_refused_with_the_nearest(tmp_path):
    project = small(tmp_path / "project")
    outline = Outline(project, SECOND)

    assert Preview(project, SECOND, "en", "funder").page(outline).name == "funder-north"
    with pytest.raises(Refusal) as refused:
        Preview(project, SECOND, "en", "trend").page(outline)
    assert (refused.value.code, refused.value.found) == ("E2113", "trend → trends")


def test_a_preview_lies_beside_the_book(tmp_path):
    assert Preview(tmp_path, SECOND, "ja", "trends").to == Path(tmp_path, "_build", "preview", SECOND, "ja")
