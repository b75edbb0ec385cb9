// Voice messages: from the microphone, or a made tone where there is none.

const LIMIT = 60_000;

/**
 * Begins to record.
 * @param {(seconds: number) => void} tick
 * @returns {Promise<{finish: () => Promise<{data: Blob, name: string, durationMs: number}>, drop: () => void}>}
 */
export async function record(tick) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const type = MediaRecorder.isTypeSupported("audio/mp4") ? "audio/mp4" : "audio/webm";
  const recorder = new MediaRecorder(stream, { mimeType: type });
  const parts = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  const started = performance.now();
  recorder.start();
  const ticking = setInterval(() => tick(Math.round((performance.now() - started) / 1000)), 500);
  const limit = setTimeout(() => recorder.state === "recording" && recorder.pause(), LIMIT);
  const end = () => {
    clearInterval(ticking);
    clearTimeout(limit);
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    finish: () =>
      new Promise((resolve) => {
        const durationMs = Math.min(performance.now() - started, LIMIT);
        recorder.addEventListener("stop", () => {
          end();
          const extension = type === "audio/mp4" ? "m4a" : "webm";
          resolve({ data: new Blob(parts, { type }), name: `voice.${extension}`, durationMs });
        });
        recorder.stop();
      }),
    drop: end,
  };
}

/** Three seconds of a soft tone, as a WAV file. */
export function tone() {
  const [rate, seconds] = [8000, 3];
  const count = rate * seconds;
  const view = new DataView(new ArrayBuffer(44 + count * 2));
  const write = (at, words) => [...words].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, 36 + count * 2, true);
  write(8, "WAVEfmt ");
  [[16, 16, 4], [20, 1, 2], [22, 1, 2], [24, rate, 4], [28, rate * 2, 4], [32, 2, 2], [34, 16, 2]].forEach(([at, value, size]) =>
    size === 4 ? view.setUint32(at, value, true) : view.setUint16(at, value, true));
  write(36, "data");
  view.setUint32(40, count * 2, true);
  for (let at = 0; at < count; at += 1) {
    const loudness = 6000 * Math.max(0, Math.sin((at / rate) * Math.PI * 4));
    view.setInt16(44 + at * 2, loudness * Math.sin((at / rate) * 2 * Math.PI * 330), true);
  }
  return { data: new Blob([view.buffer], { type: "audio/wav" }), name: "sample.wav", durationMs: seconds * 1000 };
}

/** How long a sound or a film is, in milliseconds; five seconds where the browser cannot tell. */
export function lengthOf(file) {
  return new Promise((resolve) => {
    const player = document.createElement(file.type.startsWith("video/") ? "video" : "audio");
    const address = URL.createObjectURL(file);
    const done = (milliseconds) => {
      URL.revokeObjectURL(address);
      resolve(Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : 5000);
    };
    player.preload = "metadata";
    player.addEventListener("loadedmetadata", () => done(player.duration * 1000));
    player.addEventListener("error", () => done(0));
    setTimeout(() => done(0), 3000);
    player.src = address;
  });
}
