/// The page around a film: its controls and the script that moves it.
enum HTMLFilmPage {
  static func page(title: String, rules: String, screen: String, film: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" \
    content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <title>\(title)</title>
    <style>
    \(rules)\(controls)</style>
    </head>
    <body>
    <pre id="screen">\(screen)</pre>
    <form id="bar" hidden>
    <button type="button" id="play" aria-label="play or pause">play</button>
    <input type="range" id="at" min="0" value="0" aria-label="position">
    <output id="time"></output>
    <select id="speed" aria-label="speed">
    <option value="0.5">0.5x</option><option value="1" selected>1x</option>
    <option value="2">2x</option><option value="8">8x</option><option value="32">32x</option>
    </select>
    <select id="marks" aria-label="markers" hidden><option value="">markers</option></select>
    </form>
    <script type="application/json" id="film">
    \(film)
    </script>
    <script>
    \(script)
    </script>
    </body>
    </html>

    """
  }

  private static let controls = """
    .r{display:block;min-height:19px;white-space:pre}
    #bar{display:flex;gap:1ch;align-items:center;padding:.5em;background:#222;color:#ddd;\
    font:14px sans-serif}
    #bar[hidden]{display:none}
    #at{flex:1}

    """

  /// Frames hold the rows that differ from the frame before: going back begins at the first.
  private static let script = """
    'use strict';
    const film = JSON.parse(document.getElementById('film').textContent);
    const lines = [...document.querySelectorAll('.r')];
    const get = id => document.getElementById(id);
    const state = lines.map(() => -1), drawn = lines.map(() => -1);
    let index = -1, now = 0, before = null, playing = false;
    const text = ms => {
      const s = Math.floor(ms / 1000);
      return Math.floor(s / 60) + ':' + String(s % 60).padStart(2, '0');
    };
    function show(ms) {
      now = Math.min(Math.max(0, ms), film.end);
      if (index >= 0 && film.frames[index][0] > now) { index = -1; state.fill(-1); }
      while (index + 1 < film.frames.length && (index < 0 || film.frames[index + 1][0] <= now)) {
        const frame = film.frames[++index];
        for (let k = 1; k < frame.length; k += 2) state[frame[k]] = frame[k + 1];
      }
      state.forEach((row, y) => {
        if (row !== drawn[y]) { lines[y].innerHTML = row < 0 ? '' : film.rows[row]; drawn[y] = row; }
      });
      get('at').value = now;
      get('time').textContent = text(now) + ' / ' + text(film.end);
    }
    function play(on) {
      playing = on;
      get('play').textContent = on ? 'pause' : 'play';
      if (on && now >= film.end) show(0);
      before = null;
      if (on) requestAnimationFrame(step);
    }
    function step(clock) {
      if (!playing) return;
      if (before !== null) show(now + (clock - before) * get('speed').value);
      before = clock;
      if (now >= film.end) play(false); else requestAnimationFrame(step);
    }
    get('at').max = film.end;
    get('at').addEventListener('input', e => show(+e.target.value));
    get('play').addEventListener('click', () => play(!playing));
    for (const [at, label] of film.marks) {
      const option = document.createElement('option');
      option.value = at;
      option.textContent = text(at) + ' ' + label;
      get('marks').append(option);
      get('marks').hidden = false;
    }
    get('marks').addEventListener('change', e => { if (e.target.value) show(+e.target.value); });
    document.addEventListener('keydown', e => {
      if (e.target.tagName === 'SELECT' || e.target.tagName === 'BUTTON') return;
      const move = { ArrowLeft: -1000, ArrowRight: 1000, PageUp: -10000, PageDown: 10000 }[e.key];
      if (e.key === ' ') play(!playing);
      else if (move) show(now + move);
      else if (e.key === 'Home') show(0);
      else if (e.key === 'End') show(film.end);
      else return;
      e.preventDefault();
    });
    get('bar').hidden = false;
    show(0);
    """
}
