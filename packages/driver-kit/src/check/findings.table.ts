/** What the check of a driver package may find: one row a code. Codes are stable; a code that is given up is not used again. */
export interface FindingKind {
  /** One line: what holds in a package without this finding. */
  readonly rule: string;
  /** Why it matters to those who run the driver. */
  readonly why: string;
  /** What to do. */
  readonly fix: string;
}

/** All kinds of findings by their code. E1: manifest. E2: contract. E3: code. E4: files. E5: documents. */
export const FINDINGS = {
  E101: {
    rule: 'The folder has a `package.json` with a name, a version and a licence.',
    why: 'It is how the gateway finds the driver, and how people know whether they may use it.',
    fix: 'Add `name`, `version` and `license` (an SPDX expression).',
  },
  E102: {
    rule: '`keywords` has `hookswitch-driver`.',
    why: 'The keyword is how people find drivers in the registry.',
    fix: 'Add `"hookswitch-driver"` to `keywords`.',
  },
  E103: {
    rule: 'The package is an ES module: `"type": "module"`.',
    why: 'The contract is imported as an ES module; a CommonJS copy of it would be a second one in the process.',
    fix: 'Set `"type": "module"`.',
  },
  E104: {
    rule: '`exports` has `.` and `./package.json`, and all that they name is there.',
    why: 'The gateway imports `.`; tools read the manifest through `./package.json`.',
    fix: 'Add what is missing, and build the package before it is checked.',
  },
  E105: {
    rule: '`files` holds what `exports` names.',
    why: 'What is not in `files` is not published: the driver works here and nowhere else.',
    fix: 'Add the folder, as a rule `dist`, to `files`.',
  },
  E106: {
    rule: '`engines.node` is there, and admits no Node.js older than 24.',
    why: 'The gateway runs on Node.js 24 and later; a driver that says nothing is installed where it cannot run.',
    fix: 'Set `"engines": { "node": ">=24" }`.',
  },
  E107: {
    rule: '`@hookswitch/core` is a peer dependency, and no production dependency.',
    why: 'The driver speaks to the core of the gateway that loads it. With a copy of its own it could get another contract.',
    fix: 'Move it to `peerDependencies`, and list it in `devDependencies` for the tests.',
  },
  E108: {
    rule: 'The installed core fits the range of the peer dependency.',
    why: 'Otherwise the driver was tested with a core that it says it does not run with.',
    fix: 'Install a core of the range, or correct the range.',
  },
  E109: {
    rule: '`@hookswitch/driver-kit` is no production dependency.',
    why: 'Whoever runs a gateway would install test servers, and a test kit must not be loaded beside real phones.',
    fix: 'Move it to `devDependencies`. If `./virtual` is exported, name it as an optional peer dependency besides.',
  },
  E110: {
    rule: 'Nothing runs when the package is installed: no `preinstall`, `install`, `postinstall`, and no `binding.gyp`.',
    why: 'Such scripts run with the rights of whoever installs a gateway, before anything was looked at.',
    fix: 'Build before publishing (`prepack`), and remove the script.',
  },
  E111: {
    rule: 'The ranges of `@hookswitch/core`, and of `@hookswitch/driver-kit` where it is a peer, are ranges of semver that end.',
    why: 'With `*` or `>=1` the driver is installed beside a core of a version that nobody has seen yet, and refused when it is loaded.',
    fix: 'Write `^` and the version that the driver was tested with; for several major versions, `^1.2.0 || ^2.0.0`.',
  },
  E201: {
    rule: 'The module `.` exports `driver`, made by `defineDriver`, and can be imported.',
    why: 'It is all that the gateway takes from the package.',
    fix: 'Build the package, and export `driver` from `src/index.ts`.',
  },
  E202: {
    rule: 'The driver is written for a contract that this kit serves.',
    why: 'A gateway refuses a driver of another major version, or of a later minor one.',
    fix: 'Use `CONTRACT_VERSION` of the core that the driver is compiled with, and a kit of the same release.',
  },
  E203: {
    rule: "The driver's `version` is the package's.",
    why: 'It is shown to those who run it: two numbers for one thing lead to wrong reports of faults.',
    fix: 'Import it: `import packageJson from "../package.json" with { type: "json" }`.',
  },
  E204: {
    rule: "The driver's `contractVersion` is a version, or a range of semver that begins at 1 or later and ends.",
    why: 'The gateway serves an older driver by what it was built for, which is the least version of the range; `*` has none, and `>=1` promises to know contracts that nobody has seen yet.',
    fix: 'State `CONTRACT_VERSION`, or for a driver that knows several `^1.2 || ^2`.',
  },
  E301: {
    rule: 'The driver imports nothing that opens a connection.',
    why: 'All that goes to a phone goes through the `DriverContext`, so that lanes, deadlines, address guards and redaction hold.',
    fix: 'Use `http`, `sip` and `documents` of the context. Virtual phones belong in `./virtual`, which `.` does not import.',
  },
  E302: {
    rule: 'Of the modules of Node.js, the driver imports only those that compute.',
    why: 'A driver is pure: it reads no files, starts no processes and keeps no state.',
    fix: 'Take what is needed from the context, the options, or a table in the source.',
  },
  E303: {
    rule: 'What the driver imports is a dependency or a peer dependency.',
    why: 'What happens to be installed here is not there for others.',
    fix: 'Add it to `dependencies`.',
  },
  E304: {
    rule: 'The driver uses no global that reaches outside: `fetch`, `WebSocket`, `EventSource`, `XMLHttpRequest`, `process`, `globalThis`.',
    why: 'They go round the context.',
    fix: 'Use the context.',
  },
  E305: {
    rule: 'The driver has no timers of its own.',
    why: 'Dry runs wait for nothing, and a command that was given up must not go on: the clock of the context sees to both.',
    fix: 'Use `context.clock.sleep`.',
  },
  E306: {
    rule: 'The modules of the driver can be read: ES modules that name what they import.',
    why: 'What is imported under a computed name cannot be looked at beforehand.',
    fix: 'Import by a literal name, and with `import`, not `require`.',
  },
  E307: {
    rule: 'The driver does not import the test kit.',
    why: 'The kit is not installed beside a gateway: the import fails there.',
    fix: 'Move what needs it to `src/virtual/` or to the tests.',
  },
  E308: {
    rule: 'A process that has loaded the driver ends by itself.',
    why: 'What a module opens when it is imported nobody can close: gateways could not stop, and reloading would pile it up.',
    fix: 'Open nothing at the top of a module: no server, no channel, no timer.',
  },
  E401: {
    rule: '`src` has the files that every driver has.',
    why: 'Who knows one driver knows all.',
    fix: 'Use the names of the template; files for what the vendor has besides are free.',
  },
  E402: {
    rule: 'The conformance suite is run, by `test/conformance.test.ts`.',
    why: 'It holds the driver to the contract, with faults that no phone shows on demand.',
    fix: 'Call `conformance` of `@hookswitch/driver-kit` there.',
  },
  E501: {
    rule: 'The package has a `README.md`.',
    why: 'People have to know which phones, with which settings.',
    fix: 'Write one: what the phone needs, models, options, what was tried.',
  },
  E502: {
    rule: 'The README names every option.',
    why: 'Options are strings that somebody types: whoever does not know the name cannot use it.',
    fix: 'Add a row for the option, with its default.',
  },
  E503: {
    rule: 'The README names every model.',
    why: 'It is the first thing that people look for.',
    fix: 'Add the model to the table.',
  },
} as const satisfies Readonly<Record<string, FindingKind>>;

/** A code of {@link FINDINGS}. */
export type FindingCode = keyof typeof FINDINGS;
