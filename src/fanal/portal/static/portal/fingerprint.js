// The page of fingerprints: it hands each chosen file to the worker, says in words what came of it, and writes the digits
// into the report’s form. It never reads a file or its name, makes no address of one, shows none and keeps nothing:
// whoever leaves the page leaves nothing behind. The digits go nowhere before the reporter sends the report.

const MOST_BYTES = 200e6; // a file is held in memory while its SHA-256 is computed
const MOST_PICTURES = 20; // two items each, and a report takes fifty
const FAIR = 50; // PDQ says too little below this quality (facebook/ThreatExchange, pdq/README)
const HEIC = /^.{4}ftyp(?:hei|hev|mif1|msf1)/s;
const FILM = /^(?:.{4}ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI )/s;

const the = id => document.getElementById(id);
const words = the('words').content;
let worker;
let pictures = []; // each: number, file while it waits, state, digits, row
let numbered = 0; // a number is never given twice
let wanted = 0; // how many of this batch
let current = null;

// Words come from the page, in its language.
function say(name, values = {}) {
  const found = words.querySelector(`[data-said="${name}"]`).cloneNode(true);
  const texts = document.createTreeWalker(found, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = texts.currentNode.data.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }
  return found.childNodes;
}

function draw(picture) {
  const n = picture.number;
  const [tag, why] = words.querySelector(`[data-state="${picture.state}"]`).cloneNode(true).children;
  const title = document.createElement('span');
  title.append(...say('title', {n}));
  const out = document.createElement('button');
  out.type = 'button';
  out.className = 'btn btn-quiet';
  out.append(...say('remove', {n}));
  out.hidden = picture.state === 'waiting' || picture.state === 'reading';
  out.addEventListener('click', () => leaveOut(picture));
  picture.row.replaceChildren(title, tag, ...(why ? [why] : []), out);
}

function set(picture, state, digits = []) {
  Object.assign(picture, {state, digits, file: picture.file && state === 'waiting' ? picture.file : null});
  draw(picture);
}

function add(file, state, digits = []) {
  const picture = {number: ++numbered, file, row: document.createElement('li')};
  set(picture, state, digits);
  pictures.push(picture);
  the('prints').append(picture.row);
}

// What the form sends, and what the page shows of it.
function show() {
  const ready = pictures.filter(one => one.digits.length);
  const waiting = pictures.filter(one => one.state === 'waiting').length + (current ? 1 : 0);
  the('fingerprints').value = ready.flatMap(one => one.digits).join(' ');
  the('prints').hidden = the('forget').hidden = !pictures.length;
  the('busy').hidden = !waiting;
  the('go').disabled = waiting > 0;
  if (waiting) the('counting').replaceChildren(...say('counting', {n: wanted - waiting + 1, all: wanted}));
  return ready.length;
}

function tell(...names) {
  const n = show();
  const said = names.flatMap(name => [...say(name === 'count' ? ['none', 'one'][n] ?? 'many' : name, {n}), ' ']);
  the('said').replaceChildren(...said);
}

function choose(files) {
  const room = MOST_PICTURES - pictures.filter(one => one.digits.length || one.state === 'waiting').length;
  [...files].forEach((file, place) => add(file, place < room ? 'waiting' : 'over'));
  if (!current) wanted = 0;
  wanted += Math.min(files.length, Math.max(room, 0));
  tell('working');
  next();
}

function next() {
  if (current) return;
  current = pictures.find(one => one.state === 'waiting') ?? null;
  if (!current) {
    const failed = pictures.some(one => !one.digits.length && one.state !== 'twice');
    tell('count', ...(failed ? ['failed'] : []));
    return;
  }
  const {file} = current;
  const refused = !file.size ? 'empty' : file.type.startsWith('video/') ? 'video' : file.size > MOST_BYTES ? 'large' : '';
  if (refused) {
    settle(refused);
    return;
  }
  current.kind = file.type;
  set(current, 'reading');
  progress(0);
  show();
  worker.postMessage(file);
}

function progress(share) {
  const waiting = pictures.filter(one => one.state === 'waiting').length;
  the('progress').max = wanted;
  the('progress').value = wanted - waiting - 1 + share;
}

function settle(state, digits = []) {
  const picture = current;
  current = null;
  const twice = digits.length && pictures.some(one => one !== picture && one.digits[0] === digits[0]);
  set(picture, twice ? 'twice' : state, twice ? [] : digits);
  next();
}

// What the worker found, as a state of the row and the digits that go.
function judge({sha256, pdq, quality, fault, head}) {
  const exact = [`sha256:${sha256}`];
  if (fault === 'gone') return ['gone'];
  if (fault === 'blind') return ['blind', exact];
  if (fault === 'unread') {
    if (HEIC.test(head)) return ['heic', exact];
    if (FILM.test(head)) return ['video'];
    return [current.kind.startsWith('image/') ? 'unread' : 'other'];
  }
  return quality < FAIR ? ['flat', exact] : ['ready', [...exact, `pdq:${pdq}:${quality}`]];
}

function leaveOut(picture) {
  const place = pictures.indexOf(picture);
  pictures.splice(place, 1);
  picture.row.remove();
  tell('count');
  (pictures[place] ?? pictures[place - 1])?.row.querySelector('button').focus();
  if (!pictures.length) the('pictures').focus();
}

function forget() {
  worker.terminate();
  hire();
  pictures = [];
  current = null;
  the('prints').replaceChildren();
  tell('forgotten');
  the('pictures').focus();
}

function hire() {
  worker = new Worker(the('fingerprint').dataset.worker);
  worker.onmessage = ({data}) => ('read' in data ? progress(data.read) : settle(...judge(data)));
  worker.onerror = () => offer(false);
}

function offer(possible) {
  the('with').hidden = !possible;
  the('without').hidden = possible;
  the('go').disabled = false;
}

if (window.isSecureContext && window.Worker && window.OffscreenCanvas && window.createImageBitmap) {
  hire();
  for (const one of the('fingerprints').value.match(/sha256:\S+(?:\s+pdq:\S+)?/g) ?? []) add(null, 'kept', one.split(/\s+/));
  the('pictures').addEventListener('change', ({target}) => {
    const files = [...target.files];
    target.value = '';
    choose(files);
  });
  the('forget').addEventListener('click', forget);
  offer(true);
  if (pictures.length) tell('count');
}
