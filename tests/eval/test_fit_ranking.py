from __future__ import annotations

import json

import numpy as np
import pytest

from eval.fit import ranking as fit_ranking
from eval.fit.ranking_cases import Case
from indexer.index.catalogue import Span
from service.search.features import FEATURES
from service.search.weights import Weights, packaged_weights

RANDOM = np.random.default_rng(11)


def case(answers_by: str, *, group: str = "a.md", noise: float = 1.0) -> Case:
    """Twelve candidates in six sections; what answers has the most of one feature, the others are noise."""
    features = RANDOM.random((12, len(FEATURES))) * noise
    features[:, FEATURES.index("second")] = features[:, FEATURES.index("cosine")]
    gold = np.zeros(12, bool)
    gold[features[:, FEATURES.index(answers_by)].argmax()] = True
    spans = [
        Span(report=0, path=("H",), wordings=frozenset(), score=None, first=at // 2, last=at // 2) for at in range(12)
    ]
    return Case(group=group, features=features, spans=spans, gold=gold, sections=gold, passages=None)


def many(answers_by: str) -> list[Case]:
    return [case(answers_by, group=f"{at % 7}.md") for at in range(120)]


def test_what_tells_gets_the_share():
    shares = dict(zip(FEATURES, fit_ranking.fit([many("coverage")]), strict=True))

    assert shares["coverage"] > 5 * max(share for name, share in shares.items() if name != "coverage")
    assert shares["cosine"] + shares["second"] == pytest.approx(1.0)
    assert min(shares.values()) >= 0


def test_every_set_counts_the_same_however_many_questions_it_has():
    one, two = many("coverage"), many("heading")

    assert fit_ranking.fit([one * 5, two]) == pytest.approx(fit_ranking.fit([one, two]))
    assert fit_ranking.fit([one, one, two]) != pytest.approx(fit_ranking.fit([one, two]))


def test_what_is_written_can_be_read_and_tells_where_it_comes_from():
    found = fit_ranking.fit_and_measure({"one": many("lexical"), "one.again": many("lexical"), "two": many("title")}, 3)

    weights = Weights.model_validate_json(json.dumps(found))
    assert weights.shares.keys() == set(FEATURES)
    assert weights.origin["questions"] == {"one": 120, "one.again": 120, "two": 120}
    assert weights.origin["seed"] == 3
    figures = weights.origin["documents_held_out"]["one"]
    assert figures.keys() == {"section@1", "section@10"}
    assert figures["section@1"] > 0.3
    # Fitted on what is answered by the title alone, the lexical score is not known to tell.
    assert weights.origin["sets_held_out"]["one"]["section@1"] < figures["section@1"]


def test_the_same_seed_gives_the_same():
    sets = {"one": many("lexical"), "two": many("title")}
    assert fit_ranking.fit_and_measure(sets, 3) == fit_ranking.fit_and_measure(sets, 3)


def test_a_question_whose_answer_is_no_candidate_counts_as_missed():
    missed = case("lexical")
    missed.gold[:] = False

    shares = fit_ranking.fit([[missed, *many("lexical")]])
    figures = fit_ranking.measure([missed, missed], lambda _: shares, 0.0)
    assert figures == {"section@1": 0.0, "section@10": 0.0}


def test_the_packaged_weights_say_how_they_were_fitted():
    weights = packaged_weights()

    assert len(weights.in_order()) == len(FEATURES)
    assert min(weights.in_order()) >= 0
    assert {"fitted", "by", "seed", "questions", "documents_held_out", "sets_held_out"} <= weights.origin.keys()


def test_as_many_indexes_as_folders(capsys, tmp_path):
    with pytest.raises(SystemExit):
        fit_ranking.main([str(tmp_path), str(tmp_path), "--index", str(tmp_path)])
    assert "1 indexes for 2 folders" in capsys.readouterr().err


def test_a_folder_is_indexed_and_fitted_on(tmp_path, capsys):
    folder = tmp_path / "made"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "guide.md").write_text(
        "# Guide\n\n## Parking\n\nResidents park free of charge after six.\n\n"
        "## Bins\n\nBrown bins are emptied every second Tuesday.\n"
    )
    line = {
        "id": "1",
        "question": "When are brown bins emptied?",
        "answerable": True,
        "gold": [{"doc": "guide.md", "section": "Bins", "text": "Brown bins are emptied every second Tuesday."}],
    }
    (folder / "questions.jsonl").write_text(json.dumps(line))

    assert fit_ranking.main([str(folder), "--out", str(tmp_path / "weights.json")]) == 0

    weights = Weights.model_validate(json.loads((tmp_path / "weights.json").read_text())["search"])
    assert weights.origin["fitted_on"]["made"]["passage@1"] == 1.0
    assert json.loads(capsys.readouterr().out)["origin"]["questions"] == {"made": 1}
