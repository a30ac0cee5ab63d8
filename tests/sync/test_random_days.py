"""Devices of two reps and the centre do anything in any order, over a road that breaks; then all agree."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from app.domain.accounts.account import AdvertiserDetails
from app.domain.identifiers import AccountId, ProposalId
from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.usecases.accounts.edit_account import EditAccount, edit_account
from app.usecases.accounts.plan_task import PlanTask, plan_task
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.rename_proposal import RenameProposal, rename_proposal
from app.usecases.sales.validate_proposal import (
    ReopenProposal,
    ValidateProposal,
    reopen_proposal,
    validate_proposal,
)
from sync.client.transport import Road
from tests.conftest import SEED
from tests.sync.world import Device, World, same_rows, sums_agree

TABLES = (
    "account",
    "contact",
    "advertiser_details",
    "activity",
    "proposal",
    "proposal_sub_order",
    "proposal_line",
    "instalment",
)
DAYS = int(os.environ.get("TOURNEE_RANDOM_DAYS", "100" if os.environ.get("TOURNEE_SOAK") else "3"))
STEPS = 80


class Day:
    """What may happen, drawn from one seed."""

    def __init__(self, world: World, seed: int) -> None:
        self.chance = random.Random(seed)
        self.world = world
        centre = world.centre
        self.marie, self.paul = centre.user(), centre.user("paul", "sud")
        self.florist = centre.florist(self.marie)
        self.other = centre.account(self.marie, "Modern Optic", contacts=2)
        self.devices = [world.device(), world.device(), world.device("paul")]
        self.deeds: list[Callable[[], None]] = [
            *(self.correct,) * 4,
            self.publish,
            self.plan,
            *(self.propose,) * 2,
            *(self.price,) * 2,
            self.name,
            self.freeze,
            self.back,
            *(self.undo,) * 2,
            self.redo,
            *(self.exchange,) * 4,
            self.pull,
            self.decide,
            self.at_the_centre,
            self.move,
        ]

    def step(self) -> None:
        with suppress(Refusal, IndexError):
            self.chance.choice(self.deeds)()

    @property
    def device(self) -> Device:
        return self.chance.choice(self.devices)

    def one(self, device: Device, table: str) -> str:
        return str(self.chance.choice(device.rows(f"SELECT id FROM {table} ORDER BY id"))["id"])

    def word(self) -> str:
        return f"{self.chance.randrange(1000)}"

    # what a rep does
    def correct(self) -> None:
        device = self.device
        contact = self.one(device, "contact")
        field = self.chance.choice(["role", "phone", "name"])
        device.rename(contact, str(device.row("contact", contact)["account_id"]), **{field: self.word()})

    def publish(self) -> None:
        device = self.device
        account = AccountId(self.one(device, "account"))
        details = AdvertiserDetails(name=self.word(), site=self.word())
        edit_account(EditAccount(account_id=account, details=details), device.store.work)

    def plan(self) -> None:
        device = self.device
        account = AccountId(self.one(device, "account"))
        plan_task(PlanTask(account, self.word(), device.clock.today()), device.store.work)

    def propose(self) -> None:
        device = self.device
        prepare_proposal(PrepareProposal(AccountId(self.one(device, "account")), 2027), device.store.work)

    def _proposal(self, device: Device) -> ProposalId:
        return ProposalId(self.one(device, "proposal"))

    def price(self) -> None:
        device = self.device
        proposal = self._proposal(device)
        with device.store.work.begin("read") as tx:
            lines = tx.proposals.get(proposal).lines
        line = self.chance.choice(lines)
        change = ChangeLine(proposal, line.id, quantity=self.chance.randrange(1, 9), discount=100)
        change_line(change, device.store.work)

    def name(self) -> None:
        device = self.device
        rename_proposal(RenameProposal(self._proposal(device), f"Avec {self.word()}"), device.store.work)

    def freeze(self) -> None:
        device = self.device
        validate_proposal(ValidateProposal(self._proposal(device)), device.store.work)

    def back(self) -> None:
        device = self.device
        reopen_proposal(ReopenProposal(self._proposal(device)), device.store.work)

    def undo(self) -> None:
        self.device.store.history.undo()

    def redo(self) -> None:
        self.device.store.history.redo()

    def decide(self) -> None:
        device = self.device
        problem = self.chance.choice(device.store.readers.sync().problems)
        if problem.choices:
            picked = {f"{c.table}/{c.row}/{c.column}": self.chance.choice(["mine", "theirs"]) for c in problem.choices}
            device.courier().resolve(problem.id, picked)
        else:
            device.courier().dismiss(problem.id)

    # what the road and the centre do
    def exchange(self) -> None:
        device = self.device
        cut = self.chance.choice([None, None, self.chance.randrange(6_000)])
        with suppress(Trouble), breaking(device.road, cut):
            device.exchange()

    def pull(self) -> None:
        self.device.pull()

    def at_the_centre(self) -> None:
        contacts = sorted(str(row[0]) for row in self.world.centre.rows("SELECT id FROM contact"))
        self.world.centre.change("contact", self.chance.choice(contacts), role=self.word())

    def move(self) -> None:
        account = self.chance.choice([self.florist, self.other])
        self.world.centre.change("account", account, rep_id=self.chance.choice([self.marie, self.paul]))


class breaking:  # noqa: N801 - reads like the built-in context managers
    """Lets a road break after so many bytes of answers; the centre has done its part all the same."""

    def __init__(self, road: Road, count: int | None) -> None:
        self._road, self._left = road, count
        self._patch = pytest.MonkeyPatch()

    def __enter__(self) -> None:
        true: Callable[..., Iterator[bytes]] = Road._watched

        def watched(road: Road, answer: object) -> Iterator[bytes]:
            for piece in true(road, answer):
                if self._left is not None and self._left < len(piece):
                    yield piece[: self._left]
                    raise ConnectionResetError("cut")
                self._left = None if self._left is None else self._left - len(piece)
                yield piece

        self._patch.setattr(Road, "_watched", watched)

    def __exit__(self, *_: object) -> None:
        self._patch.undo()


@pytest.mark.parametrize("seed", [SEED + day for day in range(DAYS)])
def test_whatever_happens_all_agree_in_the_end(world: World, seed: int) -> None:
    day = Day(world, seed)
    for device in day.devices:
        device.exchange()
    for _ in range(STEPS):
        day.step()
    for _ in range(5):
        for device in day.devices:
            device.exchange()
    assert [device.exchange() for device in day.devices] == [(0, 0, 0)] * 3, f"seed {seed}"
    for device in day.devices:
        assert not {"pending", "sent"} & set(device.states())
        same_rows(world.centre, device, TABLES, device.me)
        assert device.rows("SELECT * FROM sync_shadow") == []
    assert sums_agree(world.centre, *day.devices)
    mids = [row["mid"] for device in day.devices for row in device.rows("SELECT mid FROM changeset")]
    assert sorted(map(str, mids)) == sorted(str(row[0]) for row in world.centre.rows("SELECT mid FROM sync_applied"))
