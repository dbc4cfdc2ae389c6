"""Settings of the directory and of its projector. Each is an environment variable of the same name in capitals."""

from typing import Annotated

from pydantic import Field, field_validator, model_validator
from pydantic_settings import NoDecode

from services.kit.settings import StoreSettings


class Settings(StoreSettings):
    rooms_url: str = Field(description="Where rooms answers, inside: asked when somebody wants everything about them")
    key_secret: str = Field(min_length=32, description="Encrypts the private signing keys in the database")
    demo_mode: bool = Field(False, description="Sign in without a password, choose ids: never on a public address")
    loader_secret: str | None = Field(
        None, min_length=16, description="What the demo's loader sends as X-Loader-Secret; needed in demo mode"
    )
    access_token_seconds: int = Field(900, ge=60, le=3600, description="Life of an access token")
    refresh_days: int = Field(30, ge=1, le=365, description="A session not refreshed for so long ends")
    public_url: str = Field(
        "http://localhost:8080", description="Where people reach this installation: links in mails lead there"
    )
    mail_server: str | None = Field(
        None,
        pattern=r"^(smtp|smtp\+starttls|smtps)://",
        description="smtp://host:25, smtp+starttls://user:password@host or smtps://user:password@host. Without it no"
        " mail is sent, and e-mail addresses cannot be verified",
    )
    mail_from: str = Field("Hallway <hallway@localhost>", description="Who mails are from")
    password_sign_in: bool = Field(
        True, description="False where everybody signs in through the OIDC provider: no passwords, no registering"
    )
    oidc_issuer: str | None = Field(None, description="An OIDC provider through which one signs in, by its issuer")
    oidc_client_id: str | None = Field(None, description="As which this installation is registered there")
    oidc_client_secret: str | None = Field(None, description="Where it has one; PKCE is used in any case")
    oidc_name: str = Field("your organisation", description='What the button says: "Sign in with …"')
    sign_ins_per_account: int = Field(10, ge=1, description="Wrong passwords at once; one more each minute")
    sign_ins_per_address: int = Field(60, ge=1, description="Sign-ins from an address at once; one more each 2 s")
    accounts_per_address: int = Field(20, ge=1, description="New accounts at once, and mails; one more each minute")
    mails_per_account: int = Field(5, ge=1, description="Mails to somebody at once; one more each 10 minutes")
    hallway_tick_ms: int = Field(150, ge=20, le=1000, description="The live hallway gathers changes for so long")
    operators: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(),
        description="Usernames, commas between, of those who run this installation: they may end any room. "
        "Register a username first: whoever has it is the operator. In demo mode anybody can sign in as one",
    )

    @field_validator("operators", mode="before")
    @classmethod
    def _usernames(cls, text: object) -> object:
        """In lower case: usernames are unique whatever the case."""
        if not isinstance(text, str):
            return text
        return frozenset(name.strip().lower() for name in text.split(",") if name.strip())

    @model_validator(mode="after")
    def _demo_needs_its_secret(self) -> "Settings":
        if self.demo_mode and not self.loader_secret:
            raise ValueError("DEMO_MODE needs LOADER_SECRET")
        return self

    @model_validator(mode="after")
    def _one_can_sign_in(self) -> "Settings":
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("OIDC_ISSUER needs OIDC_CLIENT_ID")
        if not self.password_sign_in and not self.oidc_issuer:
            raise ValueError("without PASSWORD_SIGN_IN nobody could sign in: set OIDC_ISSUER")
        return self


class ProjectorSettings(StoreSettings):
    """The projector's own: the same database, nothing secret but it."""
