import { join } from 'node:path';

/** The user name and password that a Kamailio of ours asks for. */
export interface KamailioLogin {
  readonly algorithm: 'MD5' | 'SHA-256';
  /** Of everybody: who knows it may register and send. */
  readonly password: string;
}

/** What a configuration file of Kamailio says. */
export interface KamailioSettings {
  readonly host: string;
  /** Of UDP and TCP, and of JSON-RPC over HTTP. */
  readonly port: number;
  /** Of TLS, with `key.pem` and `cert.pem` of the directory; null: none. */
  readonly tlsPort: number | null;
  readonly directory: string;
  /** Challenges REGISTER (401, realm `phones`) and what it forwards (407, realm `gateway`); null: nobody is asked. */
  readonly login: KamailioLogin | null;
  /** The shortest registration, in seconds; shorter wishes are made as long. */
  readonly minExpiresSeconds: number;
}

/**
 * A registrar that notes the address that it saw (`received`), a proxy that finds phones by it, and `ul.lookup` over
 * HTTP at `/RPC`. Modules: https://www.kamailio.org/docs/modules/5.6.x/
 */
export function kamailioConfiguration({
  host,
  port,
  tlsPort,
  directory,
  login,
  minExpiresSeconds,
}: KamailioSettings): string {
  const tls = {
    listen: tlsPort === null ? '' : `enable_tls=yes\nlisten=tls:${host}:${tlsPort}`,
    module:
      tlsPort === null
        ? ''
        : `loadmodule "tls.so"
modparam("tls", "tls_method", "TLSv1.2+")
modparam("tls", "private_key", "${join(directory, 'key.pem')}")
modparam("tls", "certificate", "${join(directory, 'cert.pem')}")`,
  };
  const password = login?.password ?? '';
  const auth = {
    module: login === null ? '' : `loadmodule "auth.so"\nmodparam("auth", "algorithm", "${login.algorithm}")`,
    register:
      login === null
        ? ''
        : `if (!pv_www_authenticate("phones", "${password}", "0")) { www_challenge("phones", "1"); exit; }`,
    forward:
      login === null
        ? ''
        : `if (!pv_proxy_authenticate("gateway", "${password}", "0")) { proxy_challenge("gateway", "1"); exit; }
  consume_credentials();`,
  };
  return `#!KAMAILIO
debug=1
log_stderror=yes
children=2
tcp_children=2
auto_aliases=no
tcp_connection_lifetime=600
listen=udp:${host}:${port}
listen=tcp:${host}:${port}
${tls.listen}
loadmodule "pv.so"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "nathelper.so"
loadmodule "kex.so"
loadmodule "xhttp.so"
loadmodule "jsonrpcs.so"
${auth.module}
${tls.module}
modparam("usrloc", "db_mode", 0)
modparam("registrar", "min_expires", ${minExpiresSeconds})
modparam("registrar|nathelper", "received_avp", "$avp(received)")
# HTTP only: no FIFO and no socket in the file system.
modparam("jsonrpcs", "transport", 1)
event_route[xhttp:request] {
  if ($hu == "/RPC") { jsonrpc_dispatch(); exit; }
  xhttp_reply("404", "Not Found", "text/plain", "");
}
request_route {
  if (is_method("REGISTER")) {
    ${auth.register}
    force_rport();
    fix_nated_register();
    save("location");
    exit;
  }
  if (is_method("OPTIONS") && uri == myself && $rU == $null) { sl_send_reply("200", "Alive"); exit; }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (has_totag()) {
    if (loose_route()) { t_relay(); exit; }
    if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
    sl_send_reply("404", "Not Here");
    exit;
  }
  loose_route();
  ${auth.forward}
  if (is_method("INVITE")) record_route();
  if (!lookup("location")) { sl_send_reply("404", "Not Registered"); exit; }
  t_relay();
}
`;
}
