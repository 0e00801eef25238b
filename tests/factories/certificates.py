"""The certificate of a printer, and its key."""

from __future__ import annotations

import functools
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID


@functools.cache
def printer() -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    """Return a certificate and the key that belongs to it."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Drukker")])
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(begins).not_valid_after(begins + timedelta(days=3650))
    return built.sign(key, hashes.SHA256()), key


def certificate() -> str:
    """Return the certificate as it is pasted in a form."""
    return printer()[0].public_bytes(Encoding.PEM).decode()


def opened(content: bytes) -> bytes:
    """Return what the printer reads."""
    found, key = printer()
    return pkcs7.pkcs7_decrypt_der(content, found, key, [])
