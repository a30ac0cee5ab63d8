"""Checks a sealed file: the seal holds, covers the whole file, and was made with a certificate of the organisation."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking a sealed file gave; `reason` is a code of resources/wording, empty when it is verified.

    Codes: SEAL_OTHER_FILE (the bytes are not those that were kept), SEAL_UNREADABLE, SEAL_MISSING, SEAL_NOT_WHOLE
    (something was added after the seal), SEAL_BROKEN (something was changed), SEAL_UNTRUSTED (another's certificate).
    """

    reason: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reason


def certificates(pem: bytes) -> list[Certificate]:
    """Read the certificates of a PEM file, in their order. Raises ValueError when it holds something else."""
    from pyhanko.keys import load_certs_from_pemder_data

    return list(load_certs_from_pemder_data(pem)) if pem.strip() else []


def fault_of(sealed: bytes, roots: bytes) -> str:
    """Say what is wrong with a seal, by the seal alone, as a code of `Verdict`; empty when it holds.

    `roots` are the organisation's certificates in PEM. The certificate is judged at the time the seal claims: a form
    stays verified after its device's certificate has run out, and what keeps the claim honest is the SHA-256 that is
    kept of the file. Never raises; must not be called from a running event loop.
    """
    try:
        return _fault(sealed, roots)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a file, it is "not verified", never a trace
        _log.info("a sealed file cannot be read: %s", type(error).__name__)
        return "SEAL_UNREADABLE"


def _fault(sealed: bytes, roots: bytes) -> str:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    trusted = certificates(roots)
    signatures = PdfFileReader(BytesIO(sealed)).embedded_signatures
    if not signatures:
        return "SEAL_MISSING"
    usage = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
    for signature in signatures:  # one before the last must hold too: what it saw may not have been changed since
        claimed: datetime | None = signature.self_reported_timestamp
        context = ValidationContext(trust_roots=trusted, allow_fetching=False, moment=claimed)
        status = validate_pdf_signature(signature, context, key_usage_settings=usage)
        if not status.intact or not status.valid:
            return "SEAL_BROKEN"
        if signature is signatures[-1] and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
            return "SEAL_NOT_WHOLE"
        if not trusted or not status.trusted:
            return "SEAL_UNTRUSTED"
        if not status.bottom_line:
            return "SEAL_BROKEN"
    return ""
