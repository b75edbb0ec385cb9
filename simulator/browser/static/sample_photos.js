// Photos to try with, drawn when they are needed: a street at night and by day, before and after it was mended.

export const SAMPLES = ["lamp_before", "lamp_after", "hole_before", "hole_after", "rubbish_before", "rubbish_after", "tree", "water"];
const [WIDTH, HEIGHT] = [1280, 960];

/** @param {string} which one of SAMPLES @param {number} [width] @returns {Promise<Blob>} a JPEG */
export function drawSample(which, width = WIDTH) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = Math.round((width / WIDTH) * HEIGHT);
  const pen = canvas.getContext("2d");
  pen.scale(width / WIDTH, width / WIDTH);
  SCENES[which](pen);
  grain(pen);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.86));
}

const SCENES = {
  lamp_before: (pen) => night(pen, false),
  lamp_after: (pen) => night(pen, true),
  hole_before: (pen) => {
    street(pen);
    blob(pen, 640, 720, 210, 90, "#2b2723");
    blob(pen, 655, 735, 160, 60, "#171512");
    blob(pen, 600, 700, 60, 20, "#4a443d");
  },
  hole_after: (pen) => {
    street(pen);
    blob(pen, 640, 720, 230, 100, "#45474b");
  },
  rubbish_before: (pen) => {
    street(pen);
    for (const [x, y, size, colour] of [[900, 560, 90, "#1e1f22"], [1010, 590, 80, "#24262b"], [820, 610, 70, "#3a3f46"], [960, 640, 95, "#17181a"], [1090, 630, 60, "#c7ccd1"], [870, 670, 45, "#b5651d"]]) {
      blob(pen, x, y, size, size * 0.8, colour);
    }
    box(pen, 760, 650, 90, 60, "#b98a52");
  },
  rubbish_after: (pen) => street(pen),
  tree: (pen) => {
    street(pen);
    pen.save();
    pen.translate(200, 640);
    pen.rotate(-0.18);
    box(pen, 0, 0, 800, 46, "#5b4227");
    pen.restore();
    for (let at = 0; at < 14; at += 1) blob(pen, 800 + (at % 5) * 80, 460 + Math.floor(at / 5) * 90, 90, 70, at % 2 ? "#2f6b35" : "#3d8442");
  },
  water: (pen) => {
    street(pen);
    box(pen, 0, 640, WIDTH, 320, "#7d7a5e");
    for (let at = 0; at < 26; at += 1) box(pen, (at * 173) % WIDTH, 660 + (at * 61) % 280, 120, 5, "#a5a283");
  },
};

function night(pen, lit) {
  box(pen, 0, 0, WIDTH, HEIGHT, lit ? "#2a3244" : "#0d1119");
  box(pen, 60, 260, 300, 420, lit ? "#3b4152" : "#151a24");
  box(pen, 420, 340, 220, 340, lit ? "#454b5c" : "#191f2a");
  box(pen, 0, 680, WIDTH, 280, lit ? "#4c4d50" : "#1a1c20");
  if (lit) {
    const glow = pen.createRadialGradient(930, 220, 10, 930, 420, 520);
    glow.addColorStop(0, "rgba(255, 232, 160, 0.95)");
    glow.addColorStop(1, "rgba(255, 220, 130, 0)");
    pen.fillStyle = glow;
    pen.fillRect(0, 0, WIDTH, HEIGHT);
  }
  box(pen, 1090, 180, 22, 560, lit ? "#8a8f98" : "#3a3f48");
  box(pen, 930, 180, 180, 16, lit ? "#8a8f98" : "#3a3f48");
  blob(pen, 930, 206, 52, 20, lit ? "#fff6cf" : "#30343c");
  for (let at = 0; at < 5; at += 1) box(pen, 120 + at * 240, 810, 130, 14, lit ? "#c9c9bd" : "#3c3e42");
}

function street(pen) {
  const sky = pen.createLinearGradient(0, 0, 0, 420);
  sky.addColorStop(0, "#9cc4e4");
  sky.addColorStop(1, "#dcebf3");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, WIDTH, 480);
  for (const [x, width, top, colour] of [[0, 280, 130, "#d9c7a6"], [280, 240, 200, "#b7a08b"], [520, 300, 90, "#c9d0d4"], [820, 220, 220, "#d3b49a"], [1040, 240, 150, "#a9b7ae"]]) {
    box(pen, x, top, width, 400, colour);
    for (let at = 0; at < 6; at += 1) box(pen, x + 30 + (at % 3) * (width / 3.4), top + 50 + Math.floor(at / 3) * 130, 40, 66, "#6d7f8d");
  }
  box(pen, 0, 470, WIDTH, 90, "#b3aea4");
  box(pen, 0, 560, WIDTH, 400, "#5c5f64");
  for (let at = 0; at < 5; at += 1) box(pen, 60 + at * 270, 860, 150, 16, "#e6e3d4");
}

function box(pen, x, y, width, height, colour) {
  pen.fillStyle = colour;
  pen.fillRect(x, y, width, height);
}

function blob(pen, x, y, across, down, colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.ellipse(x, y, across, down, 0, 0, Math.PI * 2);
  pen.fill();
}

/** Unevenness, as a camera has it; no two photos are the same file. */
function grain(pen) {
  for (let at = 0; at < 900; at += 1) {
    pen.fillStyle = Math.random() < 0.5 ? "rgba(255, 255, 255, 0.05)" : "rgba(0, 0, 0, 0.06)";
    pen.fillRect(Math.random() * WIDTH, Math.random() * HEIGHT, 6, 6);
  }
}
