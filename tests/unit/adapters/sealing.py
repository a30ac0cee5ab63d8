"""What the tests of the seal share: a stroke, a day, and what other programs do to a file."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import CertificateRegistry

from app.adapters.seal.sealer import DeviceIdentity
from app.adapters.seal.verification import certificates
from app.domain.signature.ceremony import HandStroke, Point
from tests.unit.adapters.authority import Authority

AT = datetime(2026, 11, 21, 13, 32, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


def _wave(begin: float, length: int) -> tuple[Point, ...]:
    return tuple(
        Point(begin + at / 120, 0.5 + 0.3 * math.sin(at / 4), 0.3 + 0.5 * abs(math.sin(at / 7)), at * 8)
        for at in range(length)
    )


STROKE = HandStroke(strokes=(_wave(0.1, 60), _wave(0.65, 30), (Point(0.5, 0.1, 1.0, 900),)), ratio=1.65)


def digest(file: bytes) -> str:
    """Name a file as documents are named."""
    return hashlib.sha256(file).hexdigest()


def flipped(original: bytes, at: int, bit: int) -> bytes:
    """Change one bit of a file."""
    changed = bytearray(original)
    changed[at] ^= bit
    return bytes(changed)


def updated(file: bytes, change: Callable[[IncrementalPdfFileWriter], object]) -> bytes:
    """Append an update to a file, as any editor does."""
    writer = IncrementalPdfFileWriter(BytesIO(file))
    change(writer)
    made = BytesIO()
    write: Callable[[BytesIO], None] = writer.write
    write(made)
    return made.getvalue()


def touched(writer: IncrementalPdfFileWriter) -> None:
    touch: Callable[[], None] = writer.update_root
    touch()


def signed_elsewhere(form: bytes, ca: Authority) -> bytes:
    """Sign with the bare library, in a field of its own making."""
    about = signers.PdfSignatureMetadata(field_name="Autre")
    signer = bare_signer(ca.issue("Ailleurs"))
    made: bytes = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(form)), about, signer).getvalue()
    return made


def bare_signer(identity: DeviceIdentity) -> signers.SimpleSigner:
    """Give the bare library's signer with a device's key."""
    own, *others = certificates(identity.chain)
    return signers.SimpleSigner(
        own, load_private_key_from_pemder_data(identity.private_key, None), CertificateRegistry.build(others)
    )
