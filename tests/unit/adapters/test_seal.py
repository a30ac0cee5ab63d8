"""The seal closes exactly what was shown, any reader verifies it, and it closes nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pypdfium2 import PdfDocument

from app.adapters.paper.renderer import ReportlabPaper
from app.adapters.paper.signature_box import FIELD
from app.adapters.seal.sealer import DeviceIdentity, PadesSealer
from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from resources.formats import LANGUAGES
from resources.wording import wording
from tests.unit.adapters.authority import BEGIN, Authority, authority
from tests.unit.adapters.reading import pages
from tests.unit.adapters.samples import LONG_ACCOUNT, content, long, short, usual
from tests.unit.adapters.sealing import AT, STROKE, digest, flipped, signed_elsewhere, touched, updated


def test_the_sealed_file_begins_with_exactly_what_was_shown(shown: bytes, sealed: bytes) -> None:
    assert sealed[: len(shown)] == shown
    assert len(sealed) > len(shown)


def test_a_seal_is_verified_by_its_bytes_its_cover_and_its_certificate(sealer: PadesSealer, sealed: bytes) -> None:
    verdict = sealer.verify(sealed, digest(sealed))
    assert verdict.is_verified
    assert verdict.reason == ""


def test_the_seal_is_an_approval_signature_pades_with_p256_and_sha256(sealed: bytes) -> None:
    (signature,) = PdfFileReader(BytesIO(sealed)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.md_algorithm == "sha256"
    assert signature.signer_cert.public_key.curve == ("named", "secp256r1")
    assert "/Reference" not in signature.sig_object, "a certification signature would break when a time stamp is added"
    attributes = {attribute["type"].native for attribute in signature.signer_info["signed_attrs"]}
    assert "signing_certificate_v2" in attributes
    assert "signing_time" not in attributes, "PAdES keeps the claimed time in the signature dictionary"
    assert signature.self_reported_timestamp == AT


@pytest.mark.parametrize(
    ("language", "reason", "date"),
    [
        ("fr", "Signature du bon de commande par le client", "21/11/2026 à 14:32 (UTC+1)"),
        ("en", "Signature of the order form by the customer", "21 Nov 2026, 14:32 (UTC+1)"),
        ("zh", "客户签署订购单", "2026-11-21 14:32 （UTC+1）"),
    ],
)
def test_the_seal_says_who_where_when_and_why_in_the_forms_language(
    sealer: PadesSealer, language: str, reason: str, date: str
) -> None:
    form = ReportlabPaper().order_form(content(short(), language))
    made = sealer.seal(form, STROKE, "Claire Delmas", AT, "Chartres")
    (signature,) = PdfFileReader(BytesIO(made)).embedded_signatures
    said = signature.sig_object
    assert (said["/Name"], said["/Location"], said["/Reason"]) == ("Claire Delmas", "Chartres", reason)
    look = stamp_text(made)
    assert "Claire Delmas" in look
    assert "Chartres" in look
    assert date.replace(" ", "") in look.replace(" ", "")


def stamp_text(made: bytes) -> str:
    """What the seal drew into the box: the text of the last page with its annotations flattened."""
    document = PdfDocument(made)
    document.init_forms()
    page = document[len(document) - 1]
    page.flatten()
    file = BytesIO()
    document.save(file)
    page.close()
    document.close()
    return pages(file.getvalue())[-1]


@pytest.mark.parametrize("minutes", [-210, 0, 60, 345])
def test_the_place_on_the_clock_is_written_out(sealer: PadesSealer, shown: bytes, minutes: int) -> None:
    zone = timezone(timedelta(minutes=minutes))
    elsewhere = PadesSealer(sealer.identity, sealer.roots, zone)
    text = stamp_text(elsewhere.seal(shown, STROKE, "Claire Delmas", AT, "Ailleurs"))
    expected = {-210: "10:02(UTC−3:30)", 0: "13:32(UTC+0)", 60: "14:32(UTC+1)", 345: "19:17(UTC+5:45)"}
    assert expected[minutes] in text.replace(" ", "")


def test_the_devices_own_clock_serves_where_no_zone_is_given(sealer: PadesSealer, shown: bytes) -> None:
    here = PadesSealer(sealer.identity, sealer.roots)
    assert f"{AT.astimezone():%H:%M}" in stamp_text(here.seal(shown, STROKE, "Claire Delmas", AT, "Chartres"))


def test_a_long_name_is_written_in_full(sealer: PadesSealer, shown: bytes) -> None:
    name = LONG_ACCOUNT.contacts[0].name + " née de La Rochefoucauld-Montmorency"
    text = stamp_text(sealer.seal(shown, STROKE, name, AT, "Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson"))
    assert [word for word in re.split(r"[ -]", name) if word not in text.replace("\ufffe", "-")] == []


def test_debians_reader_says_that_the_signature_is_valid_and_covers_the_document(sealed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed)
    run = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False)
    assert "Signature is Valid." in run.stdout, run.stdout + run.stderr
    assert "Total document signed" in run.stdout
    assert "ETSI.CAdES.detached" in run.stdout
    assert "Tablette 7" in run.stdout
    assert run.stdout.count("Signature #") == 1


def test_debians_reader_sees_a_changed_byte(sealed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "changed.pdf"
    at = sealed.index(b"/Creator") + 12
    file.write_bytes(flipped(sealed, at, 1))
    run = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False)
    assert "Signature is Valid." not in run.stdout


def test_all_fonts_of_the_sealed_file_are_embedded(sealed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed)
    run = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True)
    assert {row.split()[-5] for row in run.stdout.splitlines()[2:]} == {"yes"}


def test_a_seal_stays_verified_after_its_device_has_gone(ca: Authority, shown: bytes) -> None:
    device = PadesSealer(ca.issue("Ancienne", BEGIN, days=1), ca.root)
    made = device.seal(shown, STROKE, "Claire Delmas", BEGIN + timedelta(hours=3), "Chartres")
    assert PadesSealer(None, ca.root).verify(made, digest(made)).is_verified


def test_a_long_form_is_sealed_on_its_last_page(sealer: PadesSealer) -> None:
    form = ReportlabPaper().order_form(content(long(5, 34)))
    made = sealer.seal(form, STROKE, "Claire Delmas", AT, "Chartres")
    assert sealer.verify(made, digest(made)).is_verified
    assert "Chartres" in stamp_text(made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(language: str) -> None:
    said = wording(language)["seals"]
    for code in (
        *("VERIFIED", "SEAL_OTHER_FILE", "SEAL_UNREADABLE", "SEAL_MISSING"),
        *("SEAL_NOT_WHOLE", "SEAL_BROKEN", "SEAL_UNTRUSTED"),
    ):
        assert said[code]


def test_the_app_starts_without_the_document_libraries() -> None:
    """They cost a second at start; the first form or seal brings them in."""
    script = (
        "import sys; import app.adapters.paper.renderer, app.adapters.seal.sealer, app.adapters.paper.company; "
        "print([name for name in ('reportlab', 'pyhanko', 'cryptography', 'asn1crypto') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


# ------------------------------------------------------------------------------------------ what is not sealed
def _with_second_box(form: bytes) -> bytes:
    box = fields.SigFieldSpec("Autre", box=(10, 10, 60, 60))
    return updated(form, lambda writer: fields.append_signature_field(writer, box))


def test_only_an_unsigned_order_form_of_ours_is_sealed(
    sealer: PadesSealer, shown: bytes, sealed: bytes, ca: Authority
) -> None:
    foreign = {
        "nothing": b"",
        "no PDF": b"Bon de commande",
        "half a PDF": shown[: len(shown) // 2],
        "a quote": ReportlabPaper().quote(content(usual())),
        "signed already": sealed,
        "signed by another program": signed_elsewhere(shown, ca),
        "a second box": _with_second_box(shown),
        "a box of another name": shown.replace(FIELD.encode(), FIELD[::-1].encode()),
        "completed by another program": updated(shown, touched),
    }
    for name, form in foreign.items():
        with pytest.raises(Refusal) as refused:
            sealer.seal(form, STROKE, "Claire Delmas", AT, "Chartres")
        assert refused.value.code == "FORM_NOT_OURS", name


def test_a_device_without_certificate_cannot_seal(shown: bytes, ca: Authority) -> None:
    without = (None, DeviceIdentity(b"", b""), DeviceIdentity(b"", b"-----BEGIN CERTIFICATE-----\nno"))
    for identity in without:
        with pytest.raises(Trouble) as trouble:
            PadesSealer(identity, ca.root).seal(shown, STROKE, "Claire Delmas", AT, "Chartres")
        assert trouble.value.code == "CERTIFICATE_MISSING"


@pytest.mark.parametrize("at", [BEGIN - timedelta(seconds=1), BEGIN + timedelta(days=731)])
def test_a_certificate_seals_only_in_its_time(sealer: PadesSealer, shown: bytes, at: datetime) -> None:
    with pytest.raises(Trouble) as trouble:
        sealer.seal(shown, STROKE, "Claire Delmas", at, "Chartres")
    assert trouble.value.code == "CERTIFICATE_NOT_VALID"


def test_a_key_that_is_not_the_certificates_or_none_at_all_seals_nothing(shown: bytes, ca: Authority) -> None:
    one, other = ca.issue("Une"), ca.issue("Autre")
    for key in (other.private_key, b"", b"-----BEGIN PRIVATE KEY-----"):
        with pytest.raises(Trouble) as trouble:
            PadesSealer(DeviceIdentity(key, one.chain), ca.root).seal(shown, STROKE, "Claire Delmas", AT, "Chartres")
        assert trouble.value.code == "SEAL_FAILED"


@pytest.mark.expects_log
def test_a_device_of_another_organisation_seals_nothing_here(shown: bytes, ca: Authority) -> None:
    foreign = PadesSealer(authority("Autre").issue("Tablette"), ca.root)
    with pytest.raises(Trouble) as trouble:
        foreign.seal(shown, STROKE, "Claire Delmas", AT, "Chartres")
    assert (trouble.value.code, trouble.value.technical) == ("SEAL_FAILED", "SEAL_UNTRUSTED")


def test_the_private_key_is_never_printed(sealer: PadesSealer) -> None:
    assert "PRIVATE" not in repr(sealer)
