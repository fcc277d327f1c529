// A file comes in, its fingerprints go out: SHA-256 of its bytes, PDQ of its picture (after facebook/ThreatExchange).
// Served under default-src 'none': the browser lets this script ask the network for nothing.
const N = 64, K = 16, zeros = size => new Float64Array(size);

// Rows 1 to 16 of the DCT of 64.
const dct = Float64Array.from({length: K * N}, (_, i) =>
  Math.sqrt(2 / N) * Math.cos(Math.PI / 2 / N * ((i >> 6) + 1) * (2 * (i & 63) + 1)));

// Two box filters, then 64 centres: one sparse matrix an axis; of each row its start and weights.
function taps(n) {
  const w = n + 127 >> 7, right = w >> 1, left = w - 1 - right;
  const from = p => Math.max(0, p - left), to = p => Math.min(n - 1, p + right), size = p => to(p) - from(p) + 1;
  return Array.from({length: N}, (_, i) => {
    const at = (i + .5) * n / N | 0, start = from(from(at)), weights = zeros(to(to(at)) - start + 1);
    for (let p = from(at); p <= to(at); p++)
      for (let q = from(p); q <= to(p); q++) weights[q - start] += 1 / size(at) / size(p);
    return {start, weights};
  });
}

function pdq(rgba, width, height) {
  const across = taps(width), luma = zeros(width), rows = zeros(height * N);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) luma[x] = .299 * rgba[at] + .587 * rgba[at + 1] + .114 * rgba[at + 2];
    for (let i = 0; i < N; i++) {
      const {start, weights} = across[i];
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * luma[start + k];
      rows[y * N + i] = sum;
    }
  }
  const block = zeros(N * N), half = zeros(K * N), out = zeros(K * K);
  taps(height).forEach(({start, weights}, i) => weights.forEach((weight, k) => {
    for (let x = 0; x < N; x++) block[i * N + x] += weight * rows[(start + k) * N + x];
  }));

  // Quality: the steps between neighbours, in hundredths of white.
  const step = (p, q) => Math.abs((block[p] - block[q]) * 100 / 255 | 0);
  let steps = 0;
  for (let p = 0; p < N * N; p++) steps += (p & 63 && step(p, p - 1)) + (p >= N && step(p, p - N));

  // The DCT both ways. A bit is set above the lower median; the last comes first.
  for (let i = 0; i < K; i++) for (let k = 0; k < N; k++)
    for (let x = 0; x < N; x++) half[i * N + x] += dct[i * N + k] * block[k * N + x];
  for (let i = 0; i < K; i++) for (let j = 0; j < K; j++)
    for (let k = 0; k < N; k++) out[i * K + j] += half[i * N + k] * dct[j * N + k];
  const median = out.slice().sort()[127];
  let bits = '0b';
  for (let i = 256; i--;) bits += +(out[i] > median);
  return {pdq: BigInt(bits).toString(16).padStart(64, '0'), quality: Math.min(100, steps / 90 | 0)};
}

// Drawn as 512x512 if larger. A browser that hides pixels from pages gives back another colour.
function look(picture) {
  const {width, height} = picture, large = Math.max(width, height) > 512;
  const w = large ? 512 : width, h = large ? 512 : height;
  const canvas = new OffscreenCanvas(w, h).getContext('2d', {willReadFrequently: true});
  const data = () => canvas.getImageData(0, 0, w, h).data;
  canvas.fillStyle = '#123456';
  canvas.fillRect(0, 0, w, h);
  if (`${data().slice(0, 3)}` !== '18,52,86') return {fault: 'blind'};
  canvas.clearRect(0, 0, w, h);
  canvas.imageSmoothingQuality = 'high';
  canvas.drawImage(picture, 0, 0, w, h);
  return Math.min(w, h) < 5 ? {quality: 0} : pdq(data(), w, h);
}

async function print(file) {
  const bytes = new Uint8Array(file.size), parts = file.stream().getReader();
  for (let at = 0, part; !(part = await parts.read()).done; at += part.value.length) {
    bytes.set(part.value, at);
    postMessage({read: at / file.size});
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const seen = await createImageBitmap(file, {colorSpaceConversion: 'none'}).then(look)
    .catch(() => ({fault: 'unread', head: String.fromCharCode(...bytes.slice(0, 12))}));
  return {sha256: Array.from(digest, one => (256 + one).toString(16).slice(1)).join(''), ...seen};
}

onmessage = ({data}) => print(data).catch(() => ({fault: 'gone'})).then(postMessage);
