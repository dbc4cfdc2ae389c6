// What a test may ask a page about its sound. Measured on the tracks themselves; nothing is routed through Web Audio.
// Heard: a slot's loudest frequency is the tone's (10 Hz), 20 dB above a frequency nobody plays, and its element plays.
window.hearing = (() => {
  const FFT = 8192;
  const CONTROL_HZ = 3001;
  const HEARD_DB = -60; // a voice comes at -20; an echo canceller leaves traces of the other one at -75
  let context;
  const analysers = new Map(); // by track

  const slots = () => [...document.querySelectorAll("audio")].filter((element) => element.id.startsWith("slot-"));

  const analyserOf = (element) => {
    const track = element.srcObject?.getAudioTracks()[0];
    if (!track) return null;
    context ??= new AudioContext();
    if (context.state !== "running") context.resume();
    if (!analysers.has(track)) {
      const analyser = context.createAnalyser();
      analyser.fftSize = FFT;
      analyser.smoothingTimeConstant = 0;
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
      analysers.set(track, analyser);
    }
    return analysers.get(track);
  };

  const spectrumOf = (element) => {
    const analyser = analyserOf(element);
    if (!analyser) return null;
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    return { bins, hzPerBin: context.sampleRate / FFT };
  };

  const peakOf = ({ bins, hzPerBin }) => {
    let best = Math.round(100 / hzPerBin); // below is hum
    for (let bin = best; bin < bins.length; bin++) if (bins[bin] > bins[best]) best = bin;
    return { hz: best * hzPerBin, db: bins[best], control: bins[Math.round(CONTROL_HZ / hzPerBin)] };
  };

  const plays = (element, before) =>
    !element.paused && !element.muted && element.volume > 0 && element.currentTime > before;

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  return {
    // The frequencies heard within `ms`, each rounded to the nearest of `tones`.
    async tones(tones, ms) {
      const heard = new Set();
      const before = new Map(slots().map((element) => [element, element.currentTime]));
      const end = performance.now() + ms;
      while (performance.now() < end) {
        await pause(20);
        for (const element of slots()) {
          const spectrum = spectrumOf(element);
          if (!spectrum || !plays(element, before.get(element) ?? 0)) continue;
          const { hz, db, control } = peakOf(spectrum);
          const tone = tones.find((each) => Math.abs(each - hz) <= 10);
          if (tone && db > HEARD_DB && db - control >= 20) heard.add(tone);
        }
      }
      return [...heard].sort((a, b) => a - b);
    },
    // The loudest level in dB on any slot within `ms`; -Infinity with no sound at all.
    async loudest(ms) {
      let loudest = -Infinity;
      const end = performance.now() + ms;
      while (performance.now() < end) {
        await pause(20);
        for (const element of slots()) {
          const spectrum = spectrumOf(element);
          if (spectrum) loudest = Math.max(loudest, peakOf(spectrum).db);
        }
      }
      return loudest === -Infinity ? -1000 : loudest;
    },
    elements: () =>
      slots().map(({ id, paused, muted, volume, currentTime }) => ({ id, paused, muted, volume, currentTime })),
  };
})();

// The page's own peer connections, so that a test can look at what is sent, or put a track back like a cheat would.
window.connections = [];
const Original = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Original {
  constructor(...args) {
    super(...args);
    window.connections.push(this);
  }
};
window.packetsSent = async () => {
  let sent = 0;
  for (const connection of window.connections)
    for (const report of (await connection.getStats()).values())
      if (report.type === "outbound-rtp") sent += report.packetsSent;
  return sent;
};
window.cheat = async () => {
  const capture = await navigator.mediaDevices.getUserMedia({ audio: true });
  const connection = window.connections.findLast((each) => each.connectionState === "connected");
  const sender = connection.getTransceivers().find((each) => each.direction === "sendonly").sender;
  await sender.replaceTrack(capture.getAudioTracks()[0]);
};
