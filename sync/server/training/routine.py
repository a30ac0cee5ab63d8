"""What happens with an ordinary account: visits past and to come, calls, things to prepare, chances, answers."""

from __future__ import annotations

import random
from datetime import date, timedelta

import msgspec

from app.domain.accounts.activity import ActivityKind
from app.domain.calendar import working_day_from
from app.domain.desk.request import RequestKind, RequestState
from sync.server.training.story import (
    ToldAccount,
    ToldActivity,
    ToldDiscovery,
    ToldItem,
    ToldOpportunity,
    ToldRequest,
)

_CALLS = (
    "rappeler après les congés",
    "content de l’édition, rien à changer",
    "voudrait une autre photo",
    "demande le prix d’un site",
    "compare avec un concurrent",
    "prend rendez-vous",
    "change de numéro de téléphone en janvier",
)
_EMAILS = ("Envoi de la plaquette 2027", "Bon à tirer validé", "Demande les dates de parution", "Nouveau logo reçu")
_NOTES = ("Repreneur possible l’an prochain", "Préfère le matin", "Travaille avec son frère", "Ouvre un second atelier")
_ITEMS = (
    "Relire le plan et les derniers bons",
    "Préparer une simulation",
    "Vérifier l’e-mail de facturation",
    "Choisir une réalisation à montrer",
    "Demander les horaires",
    "Relire la découverte",
)
_QUESTIONS = {
    "Qu’est-ce qui vous amène le plus de clients\u00a0?": (
        "Le bouche-à-oreille.",
        "Le passage, surtout le samedi.",
        "L’annuaire, puis le téléphone.",
        "Les moteurs de recherche.",
    ),
    "À quel moment voulez-vous être vu\u00a0?": (
        "Toute l’année.",
        "Au printemps.",
        "À la rentrée.",
        "Avant les fêtes.",
    ),
    "Où sont vos clients\u00a0?": (
        "En ville.",
        "Dans le canton.",
        "Dans tout le département.",
        "Jusqu’à Paris.",
    ),
}
_QUOTES = ("Si le téléphone sonne, je signe.", "Je veux des clients du coin.", "L’an dernier, c’était bien.", "")
_CHANCES = (
    ("Site vitrine", "1 320,00", "1ᵉʳ semestre 2027"),
    ("Bloc annonce plus grand", "1 265,00", "édition 2027"),
    ("Campagne mots-clés", "1 260,00", "printemps 2027"),
    ("Fiche premium", "948,00", "édition 2027"),
    ("Vidéo de présentation", "1 005,00", "été 2027"),
)
_QUESTIONS_ASKED = (
    ("Facture en double", "Le client a reçu deux fois la même facture."),
    ("Adresse de livraison", "Les objets imprimés vont à l’atelier, non à la boutique."),
    ("Date de parution", "Le client demande quand l’annuaire est distribué chez lui."),
)
_KINDS = (ActivityKind.CALL, ActivityKind.CALL, ActivityKind.EMAIL, ActivityKind.NOTE, ActivityKind.VISIT)
_QUIET_DAYS = 2
"""No invented appointment falls on today or the days right after it: those are told by hand."""


def with_work(account: ToldAccount, rep: str, today: date, draw: random.Random) -> ToldAccount:
    """Give the account with its routine, drawn from `draw`."""
    timeline = [_past(account, rep, today, draw) for _ in range(draw.choice((0, 1, 1, 2, 2, 3, 4)))]
    preparation: tuple[ToldItem, ...] = ()
    if draw.random() < 0.1:
        timeline.append(_visit_to_come(account, today, draw))
        done = draw.randint(0, 2)
        subjects = draw.sample(_ITEMS, 3)
        preparation = tuple(ToldItem(subject=subject, done=place < done) for place, subject in enumerate(subjects))
    opportunities: tuple[ToldOpportunity, ...] = ()
    if draw.random() < 0.18:
        purpose, potential, period = draw.choice(_CHANCES)
        opportunities = (
            ToldOpportunity(
                purpose=purpose,
                potential=potential,
                probability=draw.choice((20, 30, 40, 50, 60, 80)),
                period=period,
                closes_on=f"D+{draw.randint(5, 120)}",
            ),
        )
    return msgspec.structs.replace(
        account,
        timeline=tuple(timeline),
        preparation=preparation,
        discovery=_discovery(draw) if draw.random() < 0.22 else None,
        opportunities=opportunities,
        requests=_requests(today, draw) if account.orders and draw.random() < 0.08 else (),
    )


def _past(account: ToldAccount, rep: str, today: date, draw: random.Random) -> ToldActivity:
    kind = draw.choice(
        (ActivityKind.CALL, ActivityKind.CALL, ActivityKind.EMAIL, ActivityKind.NOTE, ActivityKind.VISIT)
    )
    subjects = {
        ActivityKind.CALL: _CALLS,
        ActivityKind.EMAIL: _EMAILS,
        ActivityKind.NOTE: _NOTES,
        ActivityKind.VISIT: ("Renouvellement", "Bon à tirer", "Prise de contact"),
    }
    minutes = {ActivityKind.CALL: draw.randint(2, 14), ActivityKind.VISIT: draw.choice((30, 45, 60))}
    at = _working(today - timedelta(days=draw.randint(6, 340)), today)
    return ToldActivity(
        kind=kind,
        at=f"D{(at - today).days:+d} {draw.randint(8, 17):02d}:{draw.choice((0, 15, 30, 40)):02d}",
        subject=draw.choice(subjects[kind]),
        minutes=minutes.get(kind, 0),
        author=rep,
        contact=account.contacts[0].name if kind is ActivityKind.CALL else "",
    )


def _visit_to_come(account: ToldAccount, today: date, draw: random.Random) -> ToldActivity:
    at = working_day_from(today + timedelta(days=draw.randint(_QUIET_DAYS + 1, 28)))
    return ToldActivity(
        kind=ActivityKind.APPOINTMENT,
        at=f"D{(at - today).days:+d} {draw.choice(('09:00', '10:45', '14:00', '16:15'))}",
        minutes=draw.choice((45, 60)),
        subject=draw.choice(("Renouvellement 2027", "Découverte", "Nouveautés 2027")),
        place=f"{account.address.street}, {account.address.city}",
    )


def _working(day: date, today: date) -> date:
    """Give a working day on or after the day, yet before today."""
    found = working_day_from(day)
    return found if found < today else day


def _discovery(draw: random.Random) -> ToldDiscovery:
    asked = draw.sample(list(_QUESTIONS), draw.choice((2, 3, 3)))
    answers = {question: draw.choice(_QUESTIONS[question]) for question in _QUESTIONS if question in asked}
    return ToldDiscovery(answers=answers, quote=draw.choice(_QUOTES))


def _requests(today: date, draw: random.Random) -> tuple[ToldRequest, ...]:
    """A question still open, or a rejection that was settled."""
    at = _working(today - timedelta(days=draw.randint(12, 90)), today)
    when = f"D{(at - today).days:+d} {draw.randint(9, 16):02d}:10"
    if draw.random() < 0.4:
        rejection = ToldRequest(
            kind=RequestKind.REJECTION,
            title="Bon à tirer",
            body="Le bon à tirer n’était pas joint.",
            at=when,
            state=RequestState.RESOLVED,
            sub_order="001",
            author="Production",
        )
        return (rejection,)
    title, body = draw.choice(_QUESTIONS_ASKED)
    state = draw.choice((RequestState.NEW, RequestState.IN_PROGRESS, RequestState.RESOLVED))
    return (ToldRequest(kind=RequestKind.QUESTION, title=title, body=body, at=when, state=state, author="Client"),)
