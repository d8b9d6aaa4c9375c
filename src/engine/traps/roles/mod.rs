//! Traps of roles: who acts, and with whose permissions.
