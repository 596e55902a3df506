/** A part of the guide: words, then files of the template as they are. */
export interface GuidePart {
  readonly words: string;
  /** Paths in the template. */
  readonly files: readonly string[];
}

/** `docs/writing-a-driver.md`, in its order. */
export const GUIDE: readonly GuidePart[] = [
  {
    words: `# Writing a driver

From an empty folder to a driver that passes, for a small made-up phone. What stands here is the template of
\`npm create hookswitch-driver\` as it is: a test packs our packages, makes a driver in an empty folder, installs, builds, tests and checks
it, and another holds this page to the template's files (\`UPDATE_DOCS=1\` writes it).

## 1. A package

\`\`\`
npm create hookswitch-driver acme
cd hookswitch-driver-acme
npm install
npm run build && npm test && npm run check
\`\`\`

All three pass at once, for a phone that does not exist. From now on you replace it by yours, one file after the other, and they
pass again after each. The gateway is not needed for it, nor any code of ours. It takes Node.js 24 or newer.

Until the packages are in the registry, all of it comes from a clone that is built; \`--packed\` has the driver take the core and the kit from files:

\`\`\`
cd hookswitch && npx -y pnpm@10.34.9 install && npx -y pnpm@10.34.9 run build
npx -y pnpm@10.34.9 --filter @hookswitch/core --filter @hookswitch/driver-kit pack --pack-destination "$PWD/../packed"
cd .. && node hookswitch/packages/create-hookswitch-driver/bin/create-hookswitch-driver.js acme --packed packed
\`\`\`

A driver for a phone with a manual of one page (18 capabilities, two generations of firmware) took a stranger to this guide 25 minutes to its first tier, with
some 800 lines beside its tables; another one, later, 28 minutes with both firmwares in a gateway, and some 600 lines: [what stood in the way](decisions/0034-a-driver-by-the-guide.md).

## 2. What is known of the phone

Everything begins with what the vendor says. This is all that is known of the made-up phone:`,
    files: ['MANUAL.md'],
  },
  {
    words: `## 3. What it is called

The driver is one exported value. Its members are in the contract's order, each in a file of the same name in every driver.`,
    files: ['src/driver.ts', 'src/models.ts', 'src/options.ts'],
  },
  {
    words: `Options are what somebody sets for one phone, as strings; any library with a Standard Schema will do. Passwords are never among
them: see \`credentials\` of \`DriverOptions\`.

## 4. How a device is recognised

When somebody adds an address, every driver's probes are sent, without a login. Each driver says how sure it is, and why: 0 is none of
its phones, and the highest score gets the device. What only the vendor's firmware would say is worth more than a shape that others may have.
Where several signs tell, \`identifyBy\` of the core adds up their weights to at most 100. \`commonClues\` has those that any vendor has: the name in the header
\`Server\` weighs 70, a MAC address of the vendor's (\`ouiClue\`) 40, what somebody said that it is 30.`,
    files: ['src/identify.ts'],
  },
  {
    words: `## 5. What goes over the wire

Pure functions: what is sent, and what a reply means. A driver opens no connection. It gives requests to the context of the
command, so that the phone's lane, deadlines, the guard of addresses, redaction and dry runs hold without its help. \`rehearsal\` is what
an obeying phone answers: a dry run goes on with it.

Read the vendor's rules of failure with care: this phone says 200 to what it cannot do.

A request that only reads says so (\`readOnly\`), a POST too: a reply to it that is lost is a plain failure. Where a request needs another login than
the web interface's, name it (\`credentials\`), and say under \`credentials\` of \`DriverOptions\` which options hold it. Where a phone wants its
password in the URL, write \`{username}\` and \`{password}\` there and say \`credentialsInTarget\`: they are filled in as the request leaves.

Some phones want **a login first**, whose reply holds a token for the next request. A driver keeps nothing between commands, so each command logs in anew: the
login is \`readOnly\`, its \`rehearsal\` has a token, and what the phone chooses is named under \`chosenByPhone\` of the harness (section 10), since no dry run can
show it. The login's reply may tell the dialect, too, better than a firmware that somebody typed. A phone that is **busy** and says for how long is
\`rateLimited\`, as long as the command has done nothing yet; after a step that was done it is \`phoneRejected\`, which nobody repeats by itself.`,
    files: ['src/wire/requests.ts', 'src/wire/reply.ts'],
  },
  {
    words: `## 6. What the phone can do

The object is the flag: a capability that is in the map is there, one that is not is refused before anything is sent. Each way says how
it is known: \`VERIFIED\` by a recorded exchange with a real phone, \`DOCUMENTED\` by a page of the vendor's, \`ASSUMED\` by neither. Model
and firmware decide, as here for do not disturb.`,
    files: ['src/capabilities.ts'],
  },
  {
    words: `A reply that is lost is not your concern: the transport throws, and the command ends as \`UNKNOWN\`. Do not send again.

This phone has one call. Where yours names its calls, the call that a command is about has the names that your events brought:
\`command.call.vendorIds\`. Where a command names none, look for it among \`context.calls\`, the gateway's own picture, and send nothing where none or several
fit (\`invalidCallState\`, \`stateUnknown\`). Do not ask the phone for it first: a dry run must show what will be sent, and it asks nobody.

What your phone has no way to do with a value (a message with a sound, a list of all settings) is \`invalidArgument\`, before anything is sent. Samples of the
suite to which that happens are named under \`refuses\` of the phone (section 10), as their cases are called without \`over HTTP\`:
\`FORWARDING: setForwarding, on busy\`; \`npx hookswitch-driver samples\` prints all of these names, and which may be refused undeclared. A case that is red for
want of a declaration says which one. A whole member for which it has no way, such as \`pushXml\` where it shows plain text alone, is \`notHere\`, named under
\`notHere\` as \`DISPLAY over HTTP: pushXml\`: who asks is told CAPABILITY_UNSUPPORTED, and the rest of the capability stands.

What the phone alone can know it may be asked: a document that a driver passes on and the phone refuses is PHONE_REJECTED, as good as refused beforehand. A
**setting that the phone does not know** is left out of what was read, where the phone has a reply for that: it is named under \`unknownSetting\` of the harness
(\`{ status: 404 }\`), and every other refusal stays a failure. And a party's \`number\` is what stands before the \`@\`, digits or not: \`parseParty('sip:anna@pbx')\`
has \`anna\`, so look whether it can be dialled, as above.

A key that turns something over (hold, mute) is pressed after \`beforeToggle\` alone, which says what to do where it stands as wished, and where nobody knows.

## 7. What the phone reports

A table from the vendor's events to those of the contract, and the settings that hold the URLs. \`parse\` never throws: phones send
raw spaces, bad escapes and empty variables.

Three things that this phone does not do, and others do. A phone that **posts a document** (XML, JSON, a form) has \`isPosted: true\` at the setting, and \`parse\` gets
the document as \`body\`; the suite takes samples of it, \`posted\`, and tries them whole, cut short and strange. One URL may then bring many events: without a
body it is OTHER, which is to be said under \`otherEvents\` of the harness, or of one phone where only its firmware has it so. A phone that **tells where its call stands**, not what happened, says CONNECTED again when a
hold ends: \`tellsState: true\` in the report has the gateway make RESUMED of it, which knows where the call stood before. A phone that **tells one step
twice** (the hold has ended, and: connected) has one of the two read as OTHER, or subscribers are told twice.

Of a call that has ended \`endReason\` says why, where the phone does; null leaves it to the kind of the event, and a call that was answered is COMPLETED whatever
the phone says. A bare "rejected" is REJECTED of a call that came in, and REMOTE_BUSY of one that went out.`,
    files: ['src/action-urls.table.ts', 'src/action-urls.ts'],
  },
  {
    words: '## 8. What the phone must be given, and what stands in the way',
    files: ['src/provisioning.ts', 'src/diagnose.ts'],
  },
  {
    words: `## 9. A virtual phone

A phone of software that keeps to the manual. \`VirtualDeskPhone\` of the kit has what phones have in common: a web server that
records what it gets and has faults to switch on, logins, settings, a line in an exchange that joins phones, hands, action URLs. Yours says
what is its own: which moments it reports by which word, what it answers, and switches (\`quirks\`) where documents leave something open.
It is written from the manual and knows nothing of the driver. It
is the export \`./virtual\`, which the gateway does not load, so the kit is no dependency of those who run the driver.

The suite looks at the phone itself. Of what it expects, this stands in no manual:

- Digit keys that are pressed in a call are heard by the far end, as those of \`sendDtmf\` are.
- A lamp that is off again looks as it did at the start: \`{ state: 'off', color: undefined }\`.
- What stands as wished succeeds: to hold what is held, to unmute what is not mute, to hang up no call. Where your phone refuses that ("already so"), the driver
  makes CONFIRMED of it.
- A text stands on \`screen\` as it reads, \`Lunch & <dinner>\` in one line. What was written stands in \`settings\`; do not disturb, mute and forwards stand in
  \`features\`, too; a key that dials a number is one setting that holds it.
- A call that was sent on is gone from the phone and is at the far end that it was sent to; in a conference both calls stay.
- After \`configureActionUrls\` a call that comes in is reported to what was written. A test of the event path shows nothing on the display and makes no call.
- A snapshot names calls as the action URLs do.
- A restart may take its reply with it (\`delivery: 'reset'\`). What nothing else shows (a ringtone, a restart) is told under \`effects\`, in your words.

Action URLs are filled in where \`$name\` stands; for others give \`actionUrls: { placeholder: /\\{(\\w+)\\}/, escaping: 'percent' }\` beside \`reports\`.`,
    files: ['src/virtual/acme-phone.ts'],
  },
  {
    words: `## 10. The suite

Cases are made from what the driver claims, for each phone that is named; their number is asserted, so that none goes missing. Any
runner will do: here it is the one of Node.js. Name a phone for each generation, option and quirk that changes what is sent. \`callIdName\` is the name in
\`vendorIds\` (left out where your phone names no calls), and \`user\` what somebody does by hand: a situation such as HOLDING is arranged with it, never with the driver. The harness has a
file of its own, for the commands of the kit take it, too.

A virtual phone tells much, but not a swapped row of a table that you have read wrong twice. So write down what the documents say, row by row, in
\`documented\`: which request a command is, what a fetched URL means, the models, what a device is known by. Write it from the documents and never
from the driver; the suite asks each row. Placeholders are the vendor's (\`$remote\`), and a row whose URL has more or fewer of them fails. \`fills\` is what
the phone puts there, to the octet; where it escapes (\`Bo%20Ek\`), \`reads\` has what is to be read (\`Bo Ek\`). When a busy phone wants to be asked again is
\`retryAfterMs\` of a row.`,
    files: ['test/harness.ts', 'test/documented.ts', 'test/conformance.test.ts', 'test/wire.test.ts'],
  },
  {
    words: `## 11. What is claimed, and how far it is proved

\`npm run claims\` writes what the driver claims, capability × model × firmware, into the README between its two marks. \`npm run certify\`
runs the suite and writes \`conformance.json\`, which is published with the package: gateways show its tier as \`Driver.tier\`, and none of a driver that they have loaded
again since its files changed. The suite
holds both to be current, so run them when something has changed, and look what it was. While you write, \`npm test\` tells in half a minute what is missing
yet; certify last. \`npm run mutate\` then changes your tables one word at a time and shows which changes no case has seen: tests of your own are for those.

| Tier | What it takes |
|---|---|
| BRONZE | every case of an obeying phone passes: the driver itself, each phone, each command, recordings, the monitor of calls |
| SILVER | every case of action URLs, and every one in which something goes wrong: refusals, lost replies, garbage, cancellation |
| GOLD | the package exports a virtual phone, and at least half of what is claimed has a source (DOCUMENTED or VERIFIED) |
| PLATINUM | each capability is VERIFIED by a recording of a real phone, on one model at least |

\`npx hookswitch-driver mutate --count 100\` shows what your suite is worth: it changes the tables of the driver, one place at a time, and says by table
how many of the changes a case tells of. \`--quick\` starts no phone, \`--only src/keys\` takes one table, \`--all\` all of them.

It changes literals in constants of modules, the tables, and nothing else: "300 of 300" says nothing of conditions and loops. Tests of your own are for what no row
shows: that a pause is waited for after its key, what a senseless \`Retry-After\` leads to, how texts are broken into lines, parsers that are given garbage.

Of the drivers in this repository, on 2026-11-22, with \`--quick --count 100 --seed 1\`:

| Driver | Found out | Of these by rows of documents | All there are |
|---|---|---|---|
| Snom | 98 of 100 | 79 | 1832 |
| Yealink | 97 of 100 | 87 | 1508 |
| Poly | 97 of 100 | 79 | 216 |
| Grandstream | 99 of 100 | 87 | 315 |

What is left: data that nothing reads, switches of an XML parser that these documents do not need, and what a dry run takes for the phone's answer.`,
    files: [],
  },
  {
    words: `## 12. The check

\`npm run check\` looks at the package: manifest, code, files, README. Every finding has a code and a way to mend it:
[driver-check.md](driver-check.md).

## 13. In a gateway

\`npm run phone\` starts the virtual phone alone and prints its address. A gateway takes the driver from where it was built, and again whenever you build it:

<!-- run: configuration -->
\`\`\`yaml
# hookswitch.yaml
port: 4000                              # another one where it is taken
dataDir: ./data                         # the database and the secret key; made where it is not there
publicUrl: http://127.0.0.1:4000        # what action URLs begin with: the gateway as the phone sees it
allowedTargets: [127.0.0.0/8]           # only for the virtual phone
drivers:
  - name: ../hookswitch-driver-acme/dist/index.js
    watch: true
\`\`\`

\`\`\`
HOOKSWITCH_CONFIG=$PWD/hookswitch.yaml node ../hookswitch/packages/gateway/dist/main.js
\`\`\`

It prints an API key. At \`http://127.0.0.1:4000/graphql\`, with \`{"authorization": "Bearer THE_KEY"}\` in the headers:

<!-- not run: the made-up phone is in no office -->
\`\`\`graphql
mutation Add {
  addPhone(input: { name: "A1", address: "http://127.0.0.1:PORT", username: "admin", password: "virtual-phone" }) {
    ... on Phone { id vendor model capabilities { capability } }
    ... on Failure { code message }
  }
}
mutation Dial($phone: ID!) {
  configureActionUrls(phoneId: $phone) { status failure { code message } }
  dial(phoneId: $phone, command: { to: "2001" }) { status failure { code message } }
}
mutation Talk($phone: ID!) {
  setHold(phoneId: $phone, command: { held: true }) { status failure { code message } }
  hangUp(phoneId: $phone) { status failure { code message } }
}
query Standing {
  drivers { vendor version tier health { state fault restarts } }
  phone(by: { mac: "02:00:00:00:ac:01" }) { id model firmware mac }
  calls(first: 5) { nodes { state endReason remote { number } } }
}
subscription Live {
  phoneEvents { ... on CallEvent { vendorEvent callEventKind call { state remote { number } } } ... on OtherEvent { vendorEvent } }
}
\`\`\`

\`dial\` is ACCEPTED, and CONFIRMED once the phone has reported the call; Enter at the virtual phone brings a call in. \`setHold\` is for phones that hold: of this
one it is CAPABILITY_UNSUPPORTED. \`phone(by: { mac })\` finds it once it has reported, since it tells its MAC address nowhere else. \`drivers\` shows the tier, and how the driver stands: one that is not ours runs in a worker of its own.

For others, \`npm pack\` and \`npm publish\` it; they install the package beside the gateway's configuration and name it there under \`drivers\`:
[configuration.md](configuration.md).`,
    files: ['test/phone.ts'],
  },
];
