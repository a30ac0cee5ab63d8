"""What forgers do with keys: seals changed in their own format, others' certificates, files prepared beforehand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm

from app.adapters.paper.signature_box import FIELD
from app.adapters.seal.sealer import DeviceIdentity
from tests.unit.adapters.authority import BEGIN, Authority
from tests.unit.adapters.forging import (
    UPDATES,
    WHITE,
    Change,
    Edit,
    field_over_the_total,
    first_page,
    room,
    stream,
    table_behind,
    with_entry,
    words_of,
)
from tests.unit.adapters.sealing import bare_signer, signed_elsewhere, touched, updated


# ---------------------------------------------------------------------------------------------- the seal itself
def _resealed(change: Callable[[cms.SignedData], None]) -> Edit:
    """Change what stands in the signature's room, as its own format has it."""

    def edit(sealed: bytes) -> bytes:
        begin, end = room(sealed)
        message = cms.ContentInfo.load(bytes.fromhex(sealed[begin:end].decode()))
        change(message["content"])
        made: bytes = message.dump(force=True)
        return sealed[:begin] + made.hex().encode().ljust(end - begin, b"0") + sealed[end:]

    return edit


def _weaker_digest(signed: cms.SignedData) -> None:
    (signer,) = signed["signer_infos"]
    signer["digest_algorithm"] = {"algorithm": "sha1"}
    signed["digest_algorithms"] = [{"algorithm": "sha1"}]


def _no_signed_attributes(signed: cms.SignedData) -> None:
    (signer,) = signed["signer_infos"]
    del signer["signed_attrs"]


def _no_certificates(signed: cms.SignedData) -> None:
    signed["certificates"] = []


def _no_signer(signed: cms.SignedData) -> None:
    signed["signer_infos"] = []


def _twice_the_signer(signed: cms.SignedData) -> None:
    (signer,) = signed["signer_infos"]
    signed["signer_infos"] = [signer, signer.copy()]


def _content_inside(signed: cms.SignedData) -> None:
    """The signed content is said to be inside, so that the file would not be looked at."""
    signed["encap_content_info"] = {"content_type": "data", "content": b"%PDF-1.4 autre bon"}


def _fitted(sealed: bytes) -> bytes:
    """Change the file, and the digest that the signature tells of it."""
    at = sealed.index(b"/Title (") + len(b"/Title (")
    changed = sealed[:at] + b"?" + sealed[at + 1 :]
    begin, end = room(changed)
    digest = hashlib.sha256(changed[: begin - 1] + changed[end + 1 :]).digest()

    def fit(signed: cms.SignedData) -> None:
        (signer,) = signed["signer_infos"]
        for attribute in signer["signed_attrs"]:
            if attribute["type"].native == "message_digest":
                attribute["values"] = [digest]

    return _resealed(fit)(changed)


SEALS: dict[str, Edit] = {
    "a weaker digest": _resealed(_weaker_digest),
    "no signed attributes": _resealed(_no_signed_attributes),
    "no certificate in it": _resealed(_no_certificates),
    "no signer in it": _resealed(_no_signer),
    "two signers in it": _resealed(_twice_the_signer),
    "what is signed inside the seal": _resealed(_content_inside),
    "a digest made to fit another file": _fitted,
}
"""What is done within the signature's room, which it does not cover itself."""


# ---------------------------------------------------------------------------------------------- others' keys
def _signed_by(shown: bytes, identity: DeviceIdentity, permissions: MDPPerm | None = None) -> bytes:
    """Sign in the box that waits, or certify, with the bare library."""
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        certify=permissions is not None,
        docmdp_permissions=permissions or MDPPerm.FILL_FORMS,
    )
    made: bytes = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(shown)), about, bare_signer(identity)).getvalue()
    return made


def _issuing_device(ca: Authority) -> DeviceIdentity:
    """Give an identity that a device issued, which may issue none."""
    device = ca.issue("Tablette 7")
    key = serialization.load_pem_private_key(device.private_key, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    made = Authority(key, x509.load_pem_x509_certificate(device.chain)).issue("Direction")
    return DeviceIdentity(made.private_key, made.chain + ca.root)


def foreign_keys(shown: bytes, ca: Authority) -> dict[str, bytes]:
    """Sign what was shown with keys that are the organisation's only by name, or no more."""
    alone = ca.issue("Tablette 7", BEGIN - timedelta(days=900), days=30)
    return {
        "a certificate that a device issued": _signed_by(shown, _issuing_device(ca)),
        "a certificate that had run out": _signed_by(shown, alone),
    }


# ---------------------------------------------------------------------------------------------- prepared beforehand
@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that its forger prepared and a device of ours signed, and what became of it then."""

    signed: bytes
    forged: bytes


def prepared(shown: bytes, ca: Authority) -> dict[str, Prepared]:
    """Prepare files so that something hidden in them can be turned up after the seal, and do so."""
    device = ca.issue("Tablette 7")

    def signed_then(before: Change, after: Edit, permissions: MDPPerm | None = None, hidden: bytes = b"") -> Prepared:
        signed = _signed_by(updated(shown + hidden, before), device, permissions)
        return Prepared(signed, after(signed))

    note = UPDATES["a note over the amounts"]
    return {
        "what lay over a page is taken away": signed_then(
            note, lambda signed: updated(signed, with_entry(first_page, "/Annots", "[]"))
        ),
        "words that lay hidden are shown": signed_then(_with_hidden_words, _hidden_shown),
        "words that lay hidden under the number of others take their place": signed_then(
            touched, _hidden_in_place, hidden=words_of(shown)
        ),
        "notes on a certified file that allows notes": signed_then(
            touched, lambda signed: updated(signed, note), MDPPerm.ANNOTATE
        ),
        "a field on a certified file that allows fields": signed_then(
            touched, lambda signed: updated(signed, field_over_the_total), MDPPerm.FILL_FORMS
        ),
        "painted over, and sealed again by a colleague": signed_then(
            touched, lambda signed: signed_elsewhere(updated(signed, note), ca)
        ),
    }


def _with_hidden_words(writer: IncrementalPdfFileWriter) -> None:
    writer.root[generic.pdf_name("/PieceInfo")] = writer.add_object(stream(WHITE))
    touched(writer)


def _hidden_shown(signed: bytes) -> bytes:
    def show(writer: IncrementalPdfFileWriter) -> None:
        page = first_page(writer)
        page[generic.pdf_name("/Contents")] = writer.root.raw_get("/PieceInfo")
        writer.update_container(page)

    return updated(signed, show)


def _hidden_in_place(signed: bytes) -> bytes:
    """Append a table alone: it names the second of two objects of one number, which no table named before."""
    return signed + table_behind(signed, signed.rindex(words_of(signed)), len(signed))
