from dataclasses import replace

import pytest
from subjects_shelf import Shelf, report

from service.question.subjects.reports import ReportsAbout

ON_BODIES = {"bodies": {"subjects": [{"name": "Aldermere City Council", "short": "Aldermere", "aliases": []}]}}


def about_aldermere(*, paragraphs: int, family: str, told: bool) -> tuple[str, ...]:
    """The reports on Aldermere, where one that says of no body that it is about it prints the name so often."""
    untold = [replace(report(n, None, profile=family), id="untold") for n in range(paragraphs)]
    own = [report(paragraphs, "Aldermere", subject="Aldermere", profile="other")] if told else []
    texts = ["Staff in Aldermere felt supported."] * paragraphs
    shelf = Shelf([*untold, *own], [*texts, *["Aldermere is a port."] * len(own)], ON_BODIES)
    shelf.paragraph_ranges = lambda *, reports=None: (range(paragraphs),) if reports else None
    return ReportsAbout(shelf, shelf, {"Aldermere": own} if told else {}).on("Aldermere", ("Aldermere",))


@pytest.mark.parametrize(
    ("paragraphs", "family", "told", "found"),
    [
        (3, "bodies", True, ("r3", "untold")),
        (2, "bodies", True, ("r2",)),
        (3, "generic", True, ("r3",)),
        (1, "bodies", False, ("untold",)),
        (1, "generic", False, ("untold",)),
    ],
)
def test_a_report_that_does_not_say_whom_it_is_about_is_taken_by_the_name_it_prints(
    paragraphs: int, family: str, told: bool, found: tuple[str, ...]
) -> None:
    assert about_aldermere(paragraphs=paragraphs, family=family, told=told) == found
