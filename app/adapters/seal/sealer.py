"""Seals the exact bytes that were shown, as an approval signature PAdES B-B made by the device itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from io import BytesIO
from typing import TYPE_CHECKING

from app.adapters.paper.signature_box import FIELD
from app.adapters.paper.texts import words, written_language
from app.adapters.seal.stamp import stamp
from app.adapters.seal.verification import Verdict, certificates, fault_of
from app.domain.refusal import Refusal
from app.domain.signature.ceremony import HandStroke
from app.ports.trouble import Trouble
from resources.formats import Formats

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.signers import PdfSigner


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """The device's own key (P-256, PEM, not encrypted) and its certificates in PEM: its own first, then the issuers.

    The certificate must allow signatures (digitalSignature or contentCommitment).
    """

    private_key: bytes = field(repr=False)
    chain: bytes


@dataclass(frozen=True, slots=True)
class PadesSealer:
    """The port `Sealer` made real.

    `identity` is None on a device that is not enrolled yet. `roots` are the organisation's certificates in PEM, by
    which seals are judged. `zone` is where dates are written; the device's own when it is None.
    """

    identity: DeviceIdentity | None
    roots: bytes
    zone: tzinfo | None = None

    def seal(self, shown: bytes, stroke: HandStroke, signatory: str, at: datetime, place: str) -> bytes:
        """Give the sealed file; its beginning is the shown bytes, unchanged.

        Raises Refusal FORM_NOT_OURS when the bytes are no order form of ours with one empty signature box; Trouble
        CERTIFICATE_MISSING, CERTIFICATE_NOT_VALID (its dates do not fit), SEAL_FAILED.
        """
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

        identity = self._must_be_valid(at)
        language = _must_be_ours(shown)
        said = words(language)
        local = at.astimezone(self.zone)
        formats = Formats(language)
        moment = said.signed_moment.format(
            date=formats.date_short(local.date()), time=formats.time(local), offset=_offset(local)
        )
        look = stamp(stroke, signatory, place, moment)
        try:
            signer = _signer(identity, look, local, signatory, place, said.seal_reason)
            writer = IncrementalPdfFileWriter(BytesIO(shown))
            sealed: bytes = signer.sign_pdf(writer, existing_fields_only=True).getvalue()
        except Exception as error:
            raise Trouble("SEAL_FAILED", technical=f"{type(error).__name__}: {error}") from error
        fault = fault_of(sealed, self.roots) if sealed.startswith(shown) else "SEAL_OTHER_FILE"
        if fault:
            raise Trouble("SEAL_FAILED", technical=fault)
        return sealed

    def verify(self, sealed: bytes, sha256: str) -> Verdict:
        """Check a sealed file against the SHA-256 that was kept of it; never raises.

        Bytes other than those kept are not even read.
        """
        if hashlib.sha256(sealed).hexdigest() != sha256:
            return Verdict("SEAL_OTHER_FILE")
        return Verdict(fault_of(sealed, self.roots))

    def _must_be_valid(self, at: datetime) -> DeviceIdentity:
        if self.identity is None:
            raise Trouble("CERTIFICATE_MISSING")
        try:
            own = certificates(self.identity.chain)[0]
        except (ValueError, IndexError) as error:
            raise Trouble("CERTIFICATE_MISSING", technical=str(error)) from error
        if not own.not_valid_before <= at <= own.not_valid_after:
            dates = f"{own.not_valid_before:%Y-%m-%d} – {own.not_valid_after:%Y-%m-%d}"
            raise Trouble("CERTIFICATE_NOT_VALID", {"begins": own.not_valid_before, "ends": own.not_valid_after}, dates)
        return self.identity


def _must_be_ours(shown: bytes) -> str:
    """Give the language of an order form of ours that nobody signed yet. Raises Refusal FORM_NOT_OURS."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        form = PdfFileReader(BytesIO(shown))
        is_ours = _has_one_empty_box(form)
        language = str(form.root.get("/Lang", ""))
    except (PdfError, ValueError, KeyError, IndexError, TypeError) as error:
        raise Refusal("FORM_NOT_OURS") from error
    if not is_ours:
        raise Refusal("FORM_NOT_OURS")
    return written_language(language)


def _has_one_empty_box(form: PdfFileReader) -> bool:
    from pyhanko.sign.fields import enumerate_sig_fields

    fields = [(name, value) for name, value, _ in enumerate_sig_fields(form)]
    return fields == [(FIELD, None)] and form.xrefs.total_revisions == 1 and not form.encrypted


def _signer(identity: DeviceIdentity, look: bytes, at: datetime, signatory: str, place: str, reason: str) -> PdfSigner:
    from pyhanko.keys import load_private_key_from_pemder_data
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner
    from pyhanko_certvalidator.registry import CertificateRegistry

    from app.adapters.seal.appearance import drawn, signer_at

    own, *issuers = certificates(identity.chain)
    signer = SimpleSigner(
        signing_cert=own,
        signing_key=load_private_key_from_pemder_data(identity.private_key, passphrase=None),
        cert_registry=CertificateRegistry.build(issuers),
    )
    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=signatory,
        location=place,
        reason=reason,
    )
    return signer_at(at, about, signer, drawn(look))


def _offset(moment: datetime) -> str:
    """Write how far a clock stands from universal time: `UTC+1`, `UTC−3:30`."""
    offset = moment.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "\u2212" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
