"""A device with its certificate, a form as it was shown, and the same form sealed."""

from __future__ import annotations

import pytest

from app.adapters.paper.renderer import ReportlabPaper
from app.adapters.seal.sealer import PadesSealer
from tests.unit.adapters.authority import Authority, authority
from tests.unit.adapters.samples import content, usual
from tests.unit.adapters.sealing import AT, PARIS, STROKE


@pytest.fixture(scope="session")
def ca() -> Authority:
    return authority()


@pytest.fixture(scope="session")
def sealer(ca: Authority) -> PadesSealer:
    return PadesSealer(ca.issue("Tablette 7"), ca.root, PARIS)


@pytest.fixture(scope="session")
def shown() -> bytes:
    return ReportlabPaper().order_form(content(usual()))


@pytest.fixture(scope="session")
def sealed(sealer: PadesSealer, shown: bytes) -> bytes:
    return sealer.seal(shown, STROKE, "Claire Delmas", AT, "Chartres")
