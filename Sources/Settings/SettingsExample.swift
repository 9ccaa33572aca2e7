extension Settings {
  /// The file that `podium config init` writes: every key, explained, none active.
  package static let example = """
    # Podium's settings. `podium config check` says what is wrong with them.
    # Everything here can be left out; a flag of the command line goes before it.

    # theme = "dark"            # `podium themes` lists them
    # workspace = "agents"      # agents, kitchen or link
    # language = "en"           # en or ar

    # What `podium monitor` shows is recorded, so that it can be looked at again. --no-record turns
    # that off for one run.

    # [recording]
    # enabled = true
    # folder = "/var/lib/podium/tapes"   # $XDG_STATE_HOME/podium/tapes where it is left out
    # segment_mib = 64          # a tape that grows beyond this goes on in another file
    # total_mib = 1024          # all tapes together: beyond it the oldest are removed
    # days = 14                 # older tapes are removed

    # What is taken out of tapes before they are written: secrets by their names and shapes, home
    # folders, and what a role may not see. `--no-redaction` turns it off for one run.

    # [redaction]
    # enabled = true
    # role = "admin"            # server, cook, expo, admin, viewer, operator or auditor
    # fields = ["member_id"]    # further names whose values are secrets
    # shapes = [{ prefix = "acme_", characters = "A-Za-z0-9", least = 20, name = "acme" }]

    # One [[source]] for each stream. `podium` alone watches all of them,
    # `podium monitor NAME` one of them.

    # [[source]]
    # name = "kitchen"
    # url = "https://hub.example.org"    # as for `podium monitor`

    # A bearer token, from one of these. Tokens themselves do not belong here.
    # token_env = "KITCHEN_TOKEN"
    # token_file = "/run/secrets/kitchen-token"
    # token_command = "secret-tool lookup service kitchen"    # run again when the server says 401

    # Headers that are no secrets.
    # headers = { X-Tenant = "7" }

    # Encryption: authorities beside the system's, our own certificate, the keys the server may have.
    # ca = "/etc/ssl/private-ca.pem"
    # client_certificate = "/etc/podium/client.pem"
    # client_key = "/etc/podium/client.key"
    # pins = ["sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="]

    # At most so many events a second.
    # max_rate = 500

    # One [[rule]] for each alert of your own; `podium facts` lists what it can speak of.

    # [[rule]]
    # name = "GRILL_BEHIND"
    # when = "kds.late > 3"
    # for = "2m"          # how long that must be true first
    # severity = 4        # 1 to 5, 5 the worst
    # text = "more than three tickets are late"

    """
}
