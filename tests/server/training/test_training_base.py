"""The training base is what the pictures show, keeps every rule of the trade, and belongs to no one."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from stdnum import iban as known_iban
from stdnum.fr import siret as known_siret
from stdnum.fr import tva as known_vat

from app.domain.accounts.account import AccountStatus, missing
from app.domain.accounts.activity import ActivityKind
from app.domain.calendar import is_working_day
from app.domain.desk.request import RequestKind, RequestState
from app.domain.identifiers import is_email, is_iban, is_mobile, is_siret, is_vat_number
from app.domain.money import Money
from app.domain.sales.order import Order, OrderStatus
from sync.server.training.loading import TrainingBase, told
from sync.server.training.story import read_story
from sync.server.training.telling import Whole

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def base() -> TrainingBase:
    return told(read_story(), TODAY)


@pytest.fixture(scope="module")
def portfolio(base: TrainingBase) -> tuple[Whole, ...]:
    return tuple(whole for whole in base.wholes if whole.account.rep_id == base.learner.id)


def _named(base: TrainingBase, name: str) -> Whole:
    return next(whole for whole in base.wholes if whole.account.trade_name == name)


def _order(whole: Whole, number: str) -> Order:
    return next(order for order in whole.orders if order.number == number)


def test_julie_lambert_has_148_accounts_and_a_colleague_has_some(
    base: TrainingBase, portfolio: tuple[Whole, ...]
) -> None:
    assert (base.learner.login, base.learner.name, base.learner.discount_limit) == ("jl", "Julie Lambert", 1500)
    owners = Counter(whole.account.rep_id for whole in base.wholes)
    assert owners[base.learner.id] == len(portfolio) == 148
    assert len(owners) == 2
    assert {rep.team for rep in base.reps} == {"eure-et-loir"}


def test_the_lists_are_as_long_as_the_pictures_show(portfolio: tuple[Whole, ...]) -> None:
    soon = [whole for whole in portfolio if whole.account.renew_by and whole.account.renew_by <= date(2027, 1, 31)]
    assert len(soon) == 23
    without_email = [w for w in portfolio if w.account.signatory and not w.account.signatory.email]
    assert len(without_email) == 11
    first = [whole.account.trade_name for whole in sorted(soon, key=lambda whole: str(whole.account.renew_by))[:8]]
    assert first == [
        "Au nom de la Rose",
        "Bat-Etanche",
        "Modern Optic",
        "Optique du Perche",
        "Garage Lenoir",
        "Boulangerie Sorel",
        "Carrosserie Petit",
        "Cabinet Aubry",
    ]


def test_what_runs_is_what_the_pictures_show(base: TrainingBase) -> None:
    rose = _named(base, "Au nom de la Rose")
    order = _order(rose, "2026-004417")
    assert (order.totals.net, order.signed_on, order.status) == (
        Money(390_500),
        date(2025, 12, 2),
        OrderStatus.IN_PRODUCTION,
    )
    assert [(part.number, part.net.cents) for part in order.sub_orders] == [("001", 175_700), ("201", 214_800)]
    before = _order(rose, "2025-003902")
    assert (before.totals.net, before.signed_on, before.status) == (
        Money(371_000),
        date(2024, 11, 28),
        OrderStatus.COMPLETED,
    )
    running = {
        name: sum(order.totals.net.cents for order in _named(base, name).orders if order.edition == 2026)
        for name in (
            "Bat-Etanche",
            "Modern Optic",
            "Optique du Perche",
            "Garage Lenoir",
            "Boulangerie Sorel",
            "Carrosserie Petit",
            "Cabinet Aubry",
        )
    }
    assert list(running.values()) == [862_000, 318_000, 276_450, 194_000, 112_800, 135_600, 148_900]


def test_the_visit_of_the_florist_is_prepared_as_pictured(base: TrainingBase) -> None:
    rose = _named(base, "Au nom de la Rose")
    assert [item.is_done for item in rose.preparation] == [True] * 4 + [False] * 2
    assert rose.discoveries[0].is_done
    chance = rose.opportunities[0]
    assert (chance.potential, chance.probability, chance.closes_on) == (Money(197_800), 60, date(2026, 12, 15))
    assert rose.account.renew_by == date(2026, 12, 15)
    signatory = rose.account.signatory
    assert signatory is not None
    assert (signatory.name, signatory.role) == ("Claire Delmas", "gérante")
    # She can sign; only her opening hours miss.
    assert [what.value for what in missing(rose.account)] == ["OPENING_HOURS_MISSING"]
    call = next(entry for entry in rose.activities if entry.kind is ActivityKind.CALL)
    assert (call.seconds, call.subject, call.at.date()) == (360, "confirme lundi 10:30", date(2026, 11, 19))


def test_the_day_has_four_visits_one_rejection_and_five_tasks(base: TrainingBase, portfolio: tuple[Whole, ...]) -> None:
    entries = [(whole.account.trade_name, entry) for whole in portfolio for entry in whole.activities]
    visits = [
        (f"{entry.at.astimezone():%H:%M}", name)
        for name, entry in entries
        if entry.kind is ActivityKind.APPOINTMENT and entry.at.astimezone().date() == TODAY
    ]
    assert sorted(visits) == [
        ("10:30", "Au nom de la Rose"),
        ("13:45", "Bat-Etanche"),
        ("15:15", "Modern Optic"),
        ("17:00", "Menuiserie Hallouin"),
    ]
    due = [entry.due_on for _, entry in entries if entry.kind is ActivityKind.TASK and entry.due_on]
    assert sorted((day - TODAY).days for day in due) == [-2, 0, 0, 2, 4]
    requests = [(whole.account.trade_name, request) for whole in portfolio for request in whole.requests]
    rejected = [
        (name, request.sub_order, request.body)
        for name, request in requests
        if request.kind is RequestKind.REJECTION and request.state is not RequestState.RESOLVED
    ]
    assert rejected == [("Bat-Etanche", "101", "Il manque la fiche du suivi d’appels.")]
    assert base.learner.id in {entry.rep_id for _, entry in entries}


def test_it_can_be_any_day(base: TrainingBase) -> None:
    for days in (1, 5, 12, 400):
        other = told(read_story(), TODAY + timedelta(days=days))
        rose = _named(other, "Au nom de la Rose")
        visit = next(entry for entry in rose.activities if entry.kind is ActivityKind.APPOINTMENT)
        assert visit.at.astimezone().date() == TODAY + timedelta(days=days)
        ahead = [
            entry.at.astimezone().date()
            for whole in other.wholes[len(read_story().accounts) :]
            for entry in whole.activities
            if entry.kind is ActivityKind.APPOINTMENT
        ]
        assert all(map(is_working_day, ahead))


def test_the_same_day_gives_the_same_base_to_the_last_id(base: TrainingBase) -> None:
    assert told(read_story(), TODAY).rows == base.rows


def test_every_number_passes_its_check_digits_and_is_given_once(base: TrainingBase) -> None:
    accounts = [whole.account for whole in base.wholes]
    sirets = [account.siret for account in accounts if account.siret]
    vats = [account.vat_number for account in accounts if account.vat_number]
    ibans = [account.iban for account in accounts if account.iban]
    assert all(is_siret(number) and known_siret.is_valid(number) for number in sirets)
    assert all(is_vat_number(number) and known_vat.is_valid(number) for number in vats)
    assert all(is_iban(number) and known_iban.is_valid(number) for number in ibans)
    for numbers in (sirets, vats, ibans):
        assert len(set(numbers)) == len(numbers) > 150


def test_a_rib_key_is_sound_too(base: TrainingBase) -> None:
    for iban in filter(None, (whole.account.iban for whole in base.wholes)):
        bank, branch, account, key = iban[4:9], iban[9:14], iban[14:25], iban[25:]
        assert (89 * int(bank) + 15 * int(branch) + 3 * int(account) + int(key)) % 97 == 0


def test_nothing_belongs_to_anyone(base: TrainingBase) -> None:
    accounts = [whole.account for whole in base.wholes]
    assert all(account.siret[:5] in {"", "00000"} for account in accounts)
    assert all(account.iban[4:9] in {"", "99999"} for account in accounts)
    people = [contact for account in accounts for contact in account.contacts]
    emails = [person.email for person in people if person.email] + [rep.email for rep in base.reps]
    assert all(is_email(email) and email.endswith(".example") for email in emails)
    assert all(account.details.site.endswith((".example",)) or not account.details.site for account in accounts)
    mobiles = [person.mobile for person in people if person.mobile]
    assert all(re.fullmatch(r"06 39 98 \d\d \d\d", number) and is_mobile(number) for number in mobiles)
    phones = [person.phone for person in people if person.phone] + [account.details.phone for account in accounts]
    assert all(re.fullmatch(r"02 61 91 \d\d \d\d", number) for number in phones)
    assert len(set(mobiles)) == len(mobiles)


def test_names_and_numbers_tell_accounts_and_orders_apart(base: TrainingBase) -> None:
    accounts = [whole.account for whole in base.wholes]
    orders = [order for whole in base.wholes for order in whole.orders]
    for names in (
        [account.trade_name for account in accounts],
        [account.number for account in accounts],
        [order.number for order in orders],
        [product.code for product in base.catalogue.products.values()],
        [product.name for product in base.catalogue.products.values()],
        [record["id"] for table, records in base.rows.items() if table != "advertiser_details" for record in records],
    ):
        assert [name for name, count in Counter(names).items() if count > 1] == []
    assert all(whole.account.signatory for whole in base.wholes)


def test_every_line_is_priced_by_the_rule_and_can_be_renewed(base: TrainingBase) -> None:
    products = {product.id: product for product in base.catalogue.products.values()}
    for whole in base.wholes:
        for order in whole.orders:
            assert order.sub_orders
            for part in order.sub_orders:
                for line in part.lines:
                    assert line.net == line.unit_price.times(line.quantity).less(line.discount)
                    assert line.discount <= base.learner.discount_limit
                    assert line.product_id is not None
                    product = products[line.product_id]
                    assert part.range_id == product.range_id
                    assert product.price_for(2027).net >= Money(0)
                    if order.edition > 2024:
                        assert line.unit_price == product.price_for(order.edition).net


def test_only_one_product_has_a_price_that_is_over(base: TrainingBase) -> None:
    over = [
        product.name
        for product in base.catalogue.products.values()
        if not product.price_for(2027).valid_from <= TODAY <= product.price_for(2027).valid_until
    ]
    assert over == ["Encart de printemps"]


def test_the_catalogue_has_all_kinds_displays_and_three_rates_of_vat(base: TrainingBase) -> None:
    products = base.catalogue.products.values()
    assert len(products) >= 40
    assert {product.kind.value for product in products} == {"publication", "service", "goods"}
    assert {product.vat_rate.basis_points for product in products} == {2000, 1000, 550}
    assert sum(product.is_display for product in products) == 4
    prices = {product.code: product.price_for(2027).net.cents for product in products}
    pictured = {"BA18": 148_000, "LGL": 31_200, "FPRE": 94_800, "CMC3": 126_000, "D4C": 215_000, "D3C": 172_000}
    assert prices | pictured == prices


def test_amendments_are_of_the_three_signs(base: TrainingBase) -> None:
    made = [
        amendment
        for whole in base.wholes
        for order in whole.orders
        for part in order.sub_orders
        for amendment in part.amendments
    ]
    signs = Counter((amendment.net.cents > 0) - (amendment.net.cents < 0) for amendment in made)
    assert all(signs[sign] >= 3 for sign in (-1, 0, 1))
    assert {order.edition for whole in base.wholes for order in whole.orders} == {2024, 2025, 2026}
    numbers = {part.number for whole in base.wholes for order in whole.orders for part in order.sub_orders}
    assert numbers >= {"001", "101", "201", "301"}


def test_accounts_stand_in_every_state_and_language(portfolio: tuple[Whole, ...]) -> None:
    assert {whole.account.status for whole in portfolio} == set(AccountStatus)
    assert {whole.account.language for whole in portfolio} == {"fr", "en", "zh"}
    lost = [whole for whole in portfolio if whole.account.status is AccountStatus.LOST]
    assert all(whole.losses and not any(order.edition == 2026 for order in whole.orders) for whole in lost)


def test_what_happened_lies_behind_and_what_comes_ahead(base: TrainingBase) -> None:
    tomorrow = datetime(2026, 11, 24, tzinfo=UTC)
    for whole in base.wholes:
        for entry in whole.activities:
            is_ahead = entry.kind is ActivityKind.APPOINTMENT
            assert entry.at.date() >= TODAY if is_ahead else entry.at < tomorrow
        for order in whole.orders:
            assert order.signed_on < TODAY
            assert is_working_day(order.signed_on)


def test_what_is_written_in_french_is_well_set(base: TrainingBase) -> None:
    careless = re.compile(r" [;:?!»%]|« |\w'\w")
    words = [value for records in base.rows.values() for record in records for value in record.values()]
    assert [word for word in words if isinstance(word, str) and careless.search(word)] == []
