"""Reads what was typed after `tournee` and starts what was asked for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from resources.formats import LANGUAGES


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `tournee`; gives the exit code: 0 done, 1 a step did not hold, 2 bad input or refused."""
    _speak_utf8()
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.command == "check":
        return _check(asked.files, asked.language)
    from app import bootstrap

    data: Path | None = asked.data
    if asked.command == "export-proposal":
        return bootstrap.export_proposal(data, asked.account, asked.proposal, asked.out, training=asked.training)
    if asked.command == "pictures":
        return bootstrap.pictures(asked.out, asked.only, asked.language)
    if asked.command == "day":
        return bootstrap.day(asked.out)
    return bootstrap.run(data, training=asked.training, fresh=asked.fresh)


def _speak_utf8() -> None:
    """Write UTF-8 also where the system redirects in a code page of its own, which lacks a true minus."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tournee", description="Le poste du commercial.")
    parser.add_argument("--training", action="store_true", help="ouvrir la base école, avec son propre centre")
    parser.add_argument("--fresh", action="store_true", help="recommencer la base école à neuf")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="dossier des données (par défaut celui du système)")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    check = commands.add_parser("check", help="dire ce que les règles pensent de propositions, une par fichier")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    check.add_argument("--language", choices=LANGUAGES, default="fr")
    export = commands.add_parser("export-proposal", help="écrire une proposition comme `check` la lit")
    export.add_argument("--training", action="store_true", default=argparse.SUPPRESS, help="dans la base école")
    export.add_argument("--data", type=Path, default=argparse.SUPPRESS, metavar="FOLDER")
    export.add_argument("account", help="numéro ou nom du compte")
    export.add_argument("proposal", help="nom de la proposition")
    export.add_argument("--out", type=Path, metavar="FILE.json", help="par défaut la sortie standard")
    pictures = commands.add_parser("pictures", help="peindre chaque page dans chaque état")
    pictures.add_argument("--out", type=Path, default=Path("out/pictures"))
    pictures.add_argument("--only", default="", metavar="WORD", help="seulement les pages dont le nom contient ce mot")
    pictures.add_argument("--language", choices=LANGUAGES, default="fr", help="la langue de l’interface")
    day = commands.add_parser("day", help="jouer la journée guidée, avec une image par étape")
    day.add_argument("--out", type=Path, default=Path("out/day"))
    return parser


def _check(files: Sequence[Path], language: str) -> int:
    import msgspec

    from app.usecases.sales.check_proposal import Malformed, one_line, read_filed, verdict

    worst = 0
    for file in files:
        try:
            proposal, on = read_filed(file.read_bytes())
        except Malformed as error:
            sys.stderr.write(f"{one_line(str(file))}: {error}\n")
            worst = 2
        except OSError as error:
            sys.stderr.write(f"{one_line(str(file))}: illisible ({error.strerror})\n")
            worst = 2
        else:
            sys.stdout.write(msgspec.json.encode(verdict(proposal, on, language)).decode() + "\n")
    return worst


if __name__ == "__main__":
    sys.exit(main())
