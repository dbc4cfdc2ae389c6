"""The `hallway` command and the local stack it runs. It talks to services only from outside."""
