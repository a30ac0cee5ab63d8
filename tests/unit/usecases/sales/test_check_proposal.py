"""`tournee check`: the verdict on a file, and what is said of one that is not a proposal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.usecases.sales.check_proposal import Malformed, read_filed, verdict

FILED: dict[str, Any] = {
    "name": "Avec display",
    "on": "2026-11-23",
    "payment_plan": [{"due_on": "2027-01-15", "gross": 617280}],
    "sub_orders": [
        {
            "number": "001",
            "amendment": None,
            "details_changed": False,
            "lines": [
                {"product": "Bloc annonce", "action": "renew", "net": 377000, "vat_rate": "20.0"},
                {"product": "Plaquette", "action": "add", "net": 10, "vat_rate": "5.5"},
            ],
        },
        {
            "number": "101",
            "amendment": "02",
            "details_changed": False,
            "lines": [{"product": "Site", "action": "modify", "net": -70800, "vat_rate": "20.0"}],
        },
        {"number": "301", "amendment": "01", "details_changed": True, "lines": []},
    ],
}


def filed(**changes: object) -> bytes:
    return json.dumps({**FILED, **changes}).encode()


def test_the_verdict_names_totals_anomalies_and_the_split() -> None:
    said = verdict(*read_filed(filed()))

    assert said["totals"] == {
        "net": 306210,
        "vat": 61241,
        "gross": 367451,
        "vat_by_rate": {"5.5": 1, "20.0": 61240},
    }
    assert said["split"] == {"stays": ["001"], "apart": ["101"], "customer_service": ["301"], "range_loss": []}
    anomalies = said["anomalies"]
    assert isinstance(anomalies, list)
    assert [(found["code"], found["sub_order"], found["amendment"]) for found in anomalies] == [
        ("NEGATIVE_SUBORDER", "101", "02"),
        ("NOTHING_CHANGES", "301", "01"),
        ("PLAN_SUM_MISMATCH", None, None),
    ]
    assert all(found["message"] for found in anomalies)


@pytest.mark.parametrize(
    ("content", "where", "why"),
    [
        (b"", "fichier", "JSON"),
        (b"[1]", "fichier", "attendu object"),
        (b"{\xff}", "fichier", "JSON"),
        (filed(on="2026-02-30"), "on", "date"),
        (filed(on=None), "on", "date"),
        (filed(name=3), "name", "attendu str"),
        (filed(sub_orders=[{"number": "001"}]), "sub_orders[0]", "amendment"),
        (filed(sub_orders=[*FILED["sub_orders"], FILED["sub_orders"][0]]), "sub_orders[3].number", "deux fois"),
        (filed(sub_orders=[{**FILED["sub_orders"][2], "number": " "}]), "sub_orders[0].number", "vide"),
        (filed(sub_orders=[{**FILED["sub_orders"][2], "amendment": ""}]), "sub_orders[0].amendment", "vide"),
        (filed(payment_plan=[{"due_on": "2027-01-15", "gross": 10**15}]), "payment_plan[0].gross", "milliards"),
        (filed().replace(b'"name"', b'"name": "Sans", "name"'), "fichier", "« name » figure deux fois"),
        (filed()[:-1] + b', "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "fichier", "niveaux"),
        (filed(payment_plan=[{"due_on": "2027-01-15", "gross": 1.5}]), "payment_plan[0].gross", "attendu int"),
    ],
)
def test_a_malformed_file_is_named_with_its_place_and_reason(content: bytes, where: str, why: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_filed(content)

    assert caught.value.where == where
    assert why in caught.value.why


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"action": "renewed"}, "sub_orders[0].lines[0].action"),
        ({"vat_rate": "twenty"}, "sub_orders[0].lines[0].vat_rate"),
        ({"net": "12"}, "sub_orders[0].lines[0].net"),
        ({"net": True}, "sub_orders[0].lines[0].net"),
        ({"product": None}, "sub_orders[0].lines[0].product"),
    ],
)
def test_a_malformed_line_is_named_with_its_place(change: dict[str, object], where: str) -> None:
    sub_order = FILED["sub_orders"][0]
    with pytest.raises(Malformed) as caught:
        read_filed(filed(sub_orders=[{**sub_order, "lines": [{**sub_order["lines"][0], **change}]}]))

    assert caught.value.where == where


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"vat_rate": "2\n0"}, "« 2\\n0 »"),
        ({"action": "re\u2028new"}, "« re\\u2028new »"),
    ],
)
def test_a_reason_stays_in_one_line_whatever_the_file_says(changes: dict[str, str], why: str) -> None:
    sub_order = FILED["sub_orders"][0]
    with pytest.raises(Malformed) as caught:
        read_filed(filed(sub_orders=[{**sub_order, "lines": [{**sub_order["lines"][0], **changes}]}]))

    assert why in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_filed(b"\xef\xbb\xbf" + filed()) == read_filed(filed())


def test_the_verdict_is_utf_8_whatever_the_system_redirects_in(tmp_path: Path) -> None:
    case = tmp_path / "négative.json"
    case.write_bytes(filed())
    told = subprocess.run(
        [sys.executable, "-m", "app", "check", str(case)],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=True,
    )

    assert "\u2212" in json.loads(told.stdout.decode("utf-8"))["anomalies"][0]["message"], "a true minus"


def test_an_export_is_read_back_as_the_same_proposal() -> None:
    from app.usecases.sales.export_proposal import exported

    proposal, on = read_filed(filed())

    assert exported(proposal, on) == FILED
    assert on == date(2026, 11, 23)


def test_the_command_answers_a_line_a_file_and_goes_on_after_a_bad_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, gone = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "gone.json"
    good.write_bytes(filed())
    bad.write_bytes(filed(name=None))

    code = main(["check", str(bad), str(good), str(gone)])

    printed = capsys.readouterr()
    assert code == 2
    assert len(printed.out.splitlines()) == 1
    assert json.loads(printed.out)["split"]["apart"] == ["101"]
    assert printed.err.splitlines() == [
        f"{bad}: name : attendu str, trouvé null",
        f"{gone}: illisible (No such file or directory)",
    ]
    assert main(["check", str(good)]) == 0
