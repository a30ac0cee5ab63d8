"""The search finds whatever was begun to be typed, accents or not, trade names first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from app.domain.catalogue.product import Product, ProductKind
from app.domain.identifiers import ProductId, RangeId
from app.ports.readers import HitKind
from app.store.folding import folded
from app.store.opening import Store
from tests.store import trade
from tests.store.samples import fresh, texts


@pytest.fixture
def filled(store: Store) -> Store:
    """Four accounts, their proposals and orders, a product."""
    rose = trade.account()
    nursery = trade.account("Pépinières de la Roseraie", activity="Paysagiste", city="Dreux")
    optic = trade.account("Modern Optic", activity="Opticien")
    other = replace(trade.account("Garage Lenoir", city="Rosières"), contacts=(trade.contact("Rose-Marie Étienne"),))
    product = Product(
        id=ProductId(fresh()),
        code="LP",
        name="Lien privilège",
        kind=ProductKind.SERVICE,
        range_id=RangeId(fresh()),
        vat_rate=trade.NORMAL,
        pitch="Rosace en tête de liste",
    )
    with store.work.begin("x") as tx:
        for of in (nursery, other, optic, rose):
            tx.accounts.save(of)
        tx.proposals.save(trade.proposal(rose, name="Avec display"))
        tx.orders.save(trade.order(rose, 2026, 4417))
        tx.catalogue.save(product)
        tx.commit()
    return store


def _found(store: Store, text: str) -> list[tuple[HitKind, str]]:
    return [(hit.kind, hit.title) for hit in store.readers.search(text)]


def test_trade_names_come_first_then_other_titles_then_who_only_mentions_it(filled: Store) -> None:
    assert _found(filled, "rose") == [
        (HitKind.ACCOUNT, "Au nom de la Rose"),
        (HitKind.ACCOUNT, "Pépinières de la Roseraie"),
        (HitKind.CONTACT, "Rose-Marie Étienne"),
        (HitKind.ACCOUNT, "Garage Lenoir"),
        # Three Claires, by her e-mail.
        (HitKind.CONTACT, "Claire Delmas"),
        (HitKind.CONTACT, "Claire Delmas"),
        (HitKind.CONTACT, "Claire Delmas"),
        (HitKind.PROPOSAL, "Avec display"),
        (HitKind.ORDER, "2026-0004417"),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("AVEC DISPLAY", "Avec display"),
        ("disp ros", "Avec display"),
        ("2026-0004417", "2026-0004417"),
        ("lien priv", "Lien privilège"),
        ("PRIVILÈGE", "Lien privilège"),
        ("rosace", "Lien privilège"),
        ("pepinieres", "Pépinières de la Roseraie"),
        ("etienne", "Rose-Marie Étienne"),
        ("étienne rose", "Rose-Marie Étienne"),
        ("opticien chartres", "Modern Optic"),
    ],
)
def test_words_may_be_begun_in_any_order_with_or_without_accents(filled: Store, text: str, title: str) -> None:
    assert _found(filled, text)[0][1] == title


@pytest.mark.parametrize("text", ["", "   ", "’", "rosse", "rose zzz"])
def test_what_matches_nothing_finds_nothing(filled: Store, text: str) -> None:
    assert _found(filled, text) == []


@pytest.mark.parametrize("text", ['"', "*", "a* OR b", "rose AND", "NEAR(a b)", "words:rose", "-rose", "(", "rose^"])
def test_signs_of_the_query_language_are_only_letters(filled: Store, text: str) -> None:
    _found(filled, text)
    filled.readers.products(text)


def test_a_hit_leads_to_its_account(filled: Store) -> None:
    hits = filled.readers.search("display")
    (account,) = [hit for hit in filled.readers.search("au nom de la rose") if hit.kind is HitKind.ACCOUNT]
    assert [hit.account_id for hit in hits] == [account.account_id] == [account.id]
    assert (account.subtitle, hits[0].subtitle) == ("Fleuriste · Chartres", "Au nom de la Rose · 2027")
    assert filled.readers.search("privilege")[0].account_id is None


def test_a_renamed_account_takes_its_contacts_orders_and_proposals_along(filled: Store) -> None:
    (account,) = [hit for hit in filled.readers.search("au nom de la rose") if hit.kind is HitKind.ACCOUNT]
    assert account.account_id is not None
    with filled.work.begin("x") as tx:
        tx.accounts.save(replace(tx.accounts.get(account.account_id), trade_name="Fleurs de Chartres"))
        tx.commit()
    assert {kind for kind, _ in _found(filled, "fleurs")} == {
        HitKind.ACCOUNT,
        HitKind.CONTACT,
        HitKind.ORDER,
        HitKind.PROPOSAL,
    }
    assert filled.readers.search("display")[0].subtitle == "Fleurs de Chartres · 2027"
    assert "Au nom de la Rose" not in [title for _, title in _found(filled, "rose")]


def test_as_many_as_asked_are_given(filled: Store) -> None:
    assert len(filled.readers.search("rose", 3)) == 3


@given(text=texts)
def test_folding_again_changes_nothing(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert all(word.isalnum() for word in once.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [("L’Été-Rosé", "l ete rose"), ("Œuvre & Cœur", "oeuvre coeur"), ("e\u0301", "e"), ("n° 12\u00a0345", "n 12 345")],
)
def test_words_are_folded_as_people_type_them(text: str, words: str) -> None:
    assert folded(text) == words
