"""Settings that every service has. Each is an environment variable of the same name in capitals."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """Base of each service's own class."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    kafka_bootstrap: str = Field(description="host:port of Kafka, or several with commas between")
    service_secret: str = Field(min_length=32, description="Signs the tokens by which services know each other")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")


class StoreSettings(ServiceSettings):
    """Of a service that has a database."""

    database_url: str = Field(description="postgresql:// address of this service's own database, with its own role")
    database_connections: int = Field(10, ge=2, description="Most connections that this process opens")
