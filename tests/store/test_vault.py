"""The vault opens for the right person on the right device, and says exactly what is wrong otherwise."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import keyring
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from app.adapters.keyring import InAppSecrets, Keyring
from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store import wrapping
from app.store.device_files import KEY_FILE, STORE_FILE
from app.store.vault import TRAINING_PASSPHRASE, Vault
from tests.memory_keyring import MemoryKeyring
from tests.store import trade
from tests.store.samples import ME, FixedClock

PASSPHRASE = "un cheval dans la prairie"
CLOCK = FixedClock()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[tuple[str, str], str]]:
    """A vault with one account in it, and what the keyring holds for it: opening takes time on purpose."""
    made = Vault(tmp_path_factory.mktemp("vault") / "vault", Keyring())
    store = made.create(PASSPHRASE, CLOCK, ME)
    with store.work.begin("edit_account") as tx:
        tx.accounts.save(trade.account())
        tx.commit()
    store.close()
    return made.folder, dict(MemoryKeyring.secrets)


@pytest.fixture
def vault(made_once: tuple[Path, dict[tuple[str, str], str]], tmp_path: Path) -> Vault:
    """A copy for the test alone, closed."""
    folder, secrets = made_once
    shutil.copytree(folder, tmp_path / "vault")
    MemoryKeyring.secrets.clear()
    MemoryKeyring.secrets.update(secrets)
    return Vault(tmp_path / "vault", Keyring())


def _names(vault: Vault, passphrase: str = PASSPHRASE) -> list[str]:
    store = vault.open(passphrase, CLOCK, ME)
    try:
        rows = trade.picture(store.engine).items()
        return [str(account["trade_name"]) for (table, _), account in rows if table == "account"]
    finally:
        store.close()


def _trouble(deed: Callable[[], object]) -> str:
    with pytest.raises(Trouble) as trouble:
        deed()
    return trouble.value.code


def _refusal(deed: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        deed()
    return refusal.value.code


def _organisation() -> tuple[str, str]:
    """A key pair of the organisation: private and public, PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def test_what_was_put_in_is_there_when_it_is_opened_again(vault: Vault) -> None:
    assert _names(vault) == ["Au nom de la Rose"]


def test_nothing_of_it_can_be_read_from_the_files(vault: Vault) -> None:
    for file in vault.folder.iterdir():
        content = file.read_bytes()
        assert b"Rose" not in content
        assert not content.startswith(b"SQLite format 3")
    secret = next(iter(MemoryKeyring.secrets.values()))
    assert secret.encode() not in (vault.folder / KEY_FILE).read_bytes()


def test_another_passphrase_is_refused_as_such(vault: Vault) -> None:
    assert _refusal(lambda: _names(vault, "un cheval dans la Prairie")) == "PASSPHRASE_WRONG"
    assert _names(vault) == ["Au nom de la Rose"]


def test_accents_may_be_typed_either_way(tmp_path: Path) -> None:
    made = Vault(tmp_path, Keyring())
    made.create("la forêt enchantée", CLOCK, ME).close()
    assert _names(made, "la fore\u0302t enchante\u0301e") == []


def test_a_lost_keyring_entry_is_not_taken_for_a_wrong_passphrase(vault: Vault) -> None:
    MemoryKeyring.secrets.clear()
    assert _trouble(lambda: _names(vault)) == "KEYRING_ENTRY_MISSING"


@pytest.mark.parametrize("secret", ["00" * 32, "not hex", ""])
def test_another_devices_secret_is_not_taken_for_a_wrong_passphrase(vault: Vault, secret: str) -> None:
    for name in MemoryKeyring.secrets:
        MemoryKeyring.secrets[name] = secret
    assert _trouble(lambda: _names(vault)) == "KEYRING_ENTRY_MISSING"


def _first_page_flipped(content: bytes) -> bytes:
    return content[:100] + bytes([content[100] ^ 1]) + content[101:]


DAMAGES: tuple[Callable[[bytes], bytes], ...] = (
    lambda _: b"",
    lambda content: b"garbage" * (len(content) // 7),
    lambda content: content[:5000],
    _first_page_flipped,
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_told_from_a_wrong_passphrase_and_never_reset(
    vault: Vault, damage: Callable[[bytes], bytes]
) -> None:
    damaged = damage(vault.path.read_bytes())
    vault.path.write_bytes(damaged)
    assert _trouble(lambda: _names(vault)) == "STORE_DAMAGED"
    assert vault.path.read_bytes() == damaged
    assert _refusal(lambda: vault.create(PASSPHRASE, CLOCK, ME)) == "STORE_EXISTS"


def test_another_store_under_the_same_key_is_not_taken_for_this_one(vault: Vault) -> None:
    store = vault.open(PASSPHRASE, CLOCK, ME)
    with store.engine.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = 'another' WHERE name = 'store'")
    store.close()
    assert _trouble(lambda: _names(vault)) == "STORE_DAMAGED"


def test_a_missing_store_is_not_made_anew_by_opening(vault: Vault) -> None:
    vault.path.unlink()
    assert _trouble(lambda: _names(vault)) == "STORE_MISSING"
    assert not vault.path.exists()


def test_a_missing_key_file_is_told(vault: Vault) -> None:
    (vault.folder / KEY_FILE).unlink()
    assert _trouble(lambda: _names(vault)) == "KEY_FILE_MISSING"


def test_every_changed_byte_of_the_key_file_is_seen(vault: Vault) -> None:
    key_file = vault.folder / KEY_FILE
    sound = key_file.read_bytes()
    for place in range(len(sound)):
        changed = bytearray(sound)
        changed[place] ^= 1
        key_file.write_bytes(changed)
        with pytest.raises(Trouble) as trouble:
            vault.is_entrusted  # noqa: B018 - reading it is what is tested
        assert trouble.value.code == "KEY_FILE_DAMAGED"
    key_file.write_bytes(sound)
    assert not vault.is_entrusted


def test_a_header_changed_by_hand_does_not_unwrap(vault: Vault) -> None:
    store = json.loads((vault.folder / KEY_FILE).read_bytes())["header"]["store"]
    hardening = wrapping.fresh_hardening()
    key = wrapping.key_of(PASSPHRASE, b"s" * 32, hardening)
    wrapped = wrapping.wrap(b"k" * 32, key, store.encode())
    assert wrapping.unwrap(wrapped, key, store.encode()) == b"k" * 32
    with pytest.raises(wrapping.WrongKey):
        wrapping.unwrap(wrapped, key, b"another store")


@pytest.mark.parametrize("weaker", [{"memory_kib": 1024}, {"rounds": 1}, {"memory_kib": 10**9}, {"rounds": 10**6}])
def test_hardening_is_neither_weak_nor_endless(weaker: dict[str, int]) -> None:
    assert wrapping.Hardening(salt=bytes(16)).is_sound
    assert not wrapping.Hardening(salt=bytes(16), **weaker).is_sound
    assert not wrapping.Hardening(salt=b"").is_sound


def test_passphrase_and_device_are_both_needed() -> None:
    hardening = wrapping.Hardening(salt=bytes(16))
    keys = {
        wrapping.key_of(passphrase, secret, hardening)
        for passphrase in (PASSPHRASE, "another one")
        for secret in (b"a" * 32, b"b" * 32)
    }
    assert len(keys) == 4


def test_a_changed_passphrase_replaces_the_old_one(vault: Vault) -> None:
    store_before = vault.path.read_bytes()
    vault.change_passphrase(PASSPHRASE, "la pluie sur les toits")
    assert vault.path.read_bytes() == store_before
    assert _names(vault, "la pluie sur les toits") == ["Au nom de la Rose"]
    assert _refusal(lambda: _names(vault)) == "PASSPHRASE_WRONG"
    assert len(MemoryKeyring.secrets) == 1


def test_a_kill_while_the_passphrase_is_changed_leaves_the_old_one_good(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        vault.change_passphrase(PASSPHRASE, "la pluie sur les toits")
    monkeypatch.undo()
    assert _names(vault) == ["Au nom de la Rose"]


@pytest.mark.parametrize("short", ["1234", "123456789", "   1234567   "])
def test_a_pin_is_no_passphrase(vault: Vault, tmp_path: Path, short: str) -> None:
    assert _refusal(lambda: vault.change_passphrase(PASSPHRASE, short)) == "PASSPHRASE_TOO_SHORT"
    assert _refusal(lambda: Vault(tmp_path / "x", Keyring()).create(short, CLOCK, ME)) == "PASSPHRASE_TOO_SHORT"


def test_the_organisation_opens_what_was_entrusted_to_it_when_all_else_is_lost(vault: Vault) -> None:
    private, public = _organisation()
    vault.entrust(PASSPHRASE, public)
    assert vault.is_entrusted
    assert _names(vault) == ["Au nom de la Rose"]
    MemoryKeyring.secrets.clear()
    vault.recover(private, "une phrase toute neuve", CLOCK, ME).close()
    assert _names(vault, "une phrase toute neuve") == ["Au nom de la Rose"]
    assert _refusal(lambda: _names(vault)) == "PASSPHRASE_WRONG"
    assert vault.is_entrusted


def test_a_store_made_at_enrolment_is_entrusted_at_once(tmp_path: Path) -> None:
    private, public = _organisation()
    made = Vault(tmp_path, Keyring())
    made.create(PASSPHRASE, CLOCK, ME, public).close()
    made.change_passphrase(PASSPHRASE, "la pluie sur les toits")
    made.recover(private, PASSPHRASE, CLOCK, ME).close()
    assert _names(made) == []


def test_another_organisations_key_opens_nothing(vault: Vault) -> None:
    vault.entrust(PASSPHRASE, _organisation()[1])
    other, _ = _organisation()
    assert _refusal(lambda: vault.recover(other, PASSPHRASE, CLOCK, ME)) == "ORGANISATION_KEY_WRONG"


def test_what_is_no_key_of_an_organisation_is_refused(vault: Vault) -> None:
    private, public = _organisation()
    other_curve = x25519.X25519PrivateKey.generate().public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    unsound = other_curve.public_bytes(serialization.Encoding.PEM, form).decode()
    assert _refusal(lambda: vault.recover(private, PASSPHRASE, CLOCK, ME)) == "NOT_ENTRUSTED"
    for pem in ("", "garbage", unsound):
        assert _refusal(partial(vault.entrust, PASSPHRASE, pem)) == "ORGANISATION_KEY_UNSOUND"
    vault.entrust(PASSPHRASE, public)
    for pem in ("", "garbage", public):
        assert _refusal(partial(vault.recover, pem, PASSPHRASE, CLOCK, ME)) == "ORGANISATION_KEY_UNSOUND"


Backend = Callable[[], KeyringBackend]
NOTHING: tuple[Backend, ...] = (fail.Keyring, null.Keyring)


@pytest.mark.parametrize("backend", NOTHING)
def test_a_keyring_that_keeps_nothing_is_refused(vault: Vault, backend: Backend, tmp_path: Path) -> None:
    keyring.set_keyring(backend())
    assert _trouble(lambda: _names(vault)) == "KEYRING_INSECURE"
    assert _trouble(lambda: Vault(tmp_path / "x", Keyring()).create(PASSPHRASE, CLOCK, ME)) == "KEYRING_INSECURE"


def test_a_keyring_that_keeps_in_the_clear_is_refused(vault: Vault) -> None:
    plaintext = type("PlaintextKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"})
    keyring.set_keyring(plaintext())
    assert _trouble(lambda: _names(vault)) == "KEYRING_INSECURE"


def test_a_keyring_that_forgets_is_seen_when_it_is_used(tmp_path: Path) -> None:
    class Forgetful(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            """Say nothing, keep nothing."""

    forgetful: Backend = Forgetful
    keyring.set_keyring(forgetful())
    made = Vault(tmp_path, Keyring())
    assert _trouble(lambda: made.create(PASSPHRASE, CLOCK, ME)) == "KEYRING_FAILS"
    assert not made.exists


def test_a_creation_that_was_cut_short_is_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Vault(tmp_path, Keyring())

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        made.create(PASSPHRASE, CLOCK, ME)
    monkeypatch.undo()
    assert not made.exists
    made.create(PASSPHRASE, CLOCK, ME).close()
    assert _names(made) == []


def test_the_training_base_is_another_vault_whose_secrets_are_the_apps_own(tmp_path: Path) -> None:
    keyring.set_keyring(NOTHING[0]())
    made = Vault(tmp_path / "training", InAppSecrets(tmp_path / "training" / "secrets.json"))
    made.create(TRAINING_PASSPHRASE, CLOCK, ME).close()
    again = Vault(tmp_path / "training", InAppSecrets(tmp_path / "training" / "secrets.json"))
    assert _names(again, TRAINING_PASSPHRASE) == []


def test_secrets_are_forgotten_one_by_one(tmp_path: Path) -> None:
    for secrets in (Keyring(), InAppSecrets(tmp_path / "secrets.json")):
        secrets.put("a", "1")
        secrets.put("b", "é2")
        secrets.drop("a")
        secrets.drop("a")
        assert (secrets.get("a"), secrets.get("b")) == (None, "é2")


def test_only_the_owner_may_look_into_the_folder(vault: Vault) -> None:
    if os.name == "posix":
        assert vault.folder.stat().st_mode & 0o077 == 0
    assert {file.name for file in vault.folder.iterdir()} == {STORE_FILE, KEY_FILE}
    assert base64.b64decode(json.loads((vault.folder / KEY_FILE).read_bytes())["header"]["hardening"]["salt"])
