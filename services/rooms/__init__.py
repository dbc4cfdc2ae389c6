"""Every room as one event stream: seats, roles, hands, invitations. See README.md."""
