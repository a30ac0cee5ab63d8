"""A rep's case goes to support: exported from the training base as a file, reproduced from it to the cent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.__main__ import main
from app.bootstrap.training import TrainingBase, centre_running
from app.ports.readers import AccountFilter
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal


def test_an_exported_proposal_is_reproduced_to_the_cent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = TrainingBase(tmp_path / "training")
    code = base.make()
    with centre_running(base.database) as centre:
        device = base.open_device(centre, code)
        (rose,) = device.store.readers.accounts(AccountFilter(text="Au nom de la Rose"), 0, 2)
        proposal_id = prepare_proposal(PrepareProposal(rose.id, 2027), device.store.work)
        proposal = device.store.readers.proposal(proposal_id)
        device.close()
    file = tmp_path / "case.json"

    asked = ["--training", "--data", str(tmp_path), "export-proposal", "Au nom de la Rose", "Reconduction"]
    assert main([*asked, "--out", str(file)]) == 0
    assert main(["check", str(file)]) == 0

    said = json.loads(capsys.readouterr().out)
    assert said["totals"]["gross"] == proposal.totals.gross.cents
    assert said["split"]["stays"] == [part.number for part in proposal.sub_orders]
    assert "c.delmas" not in file.read_text(encoding="utf-8"), "nothing on persons leaves with a case"
    with pytest.raises(SystemExit) as stopped:
        main([*asked[:-1], "Sans nom"])
    assert stopped.value.code == 2
    assert "Sans nom" in capsys.readouterr().err
    assert main([*asked[:-2], "o", "Reconduction"]) == 2
    assert "désigne plusieurs comptes" in capsys.readouterr().err, "no other customer's case by a guess"
    assert main([*asked, "--out", str(tmp_path / "nowhere" / "case.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_device_that_was_never_enrolled_has_no_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--data", str(tmp_path), "export-proposal", "Au nom de la Rose", "Reconduction"])

    assert stopped.value.code == 2
    assert "n’est plus à sa place" in capsys.readouterr().err, "missing, not damaged"
    assert not list(tmp_path.iterdir())
