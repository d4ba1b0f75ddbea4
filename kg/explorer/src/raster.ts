/** Lines and shapes laid into pixels by our own hand: without a graphics card three times quicker than a canvas's paths. */

import { trace } from "./shapes";

/** Coverage of a whole pixel by one line; thousands of lines fit into sixteen bits. */
const WHOLE = 15;
/** More over one pixel makes no difference. */
const DEEPEST = 1024;

/** A colour of the form #rrggbb as a pixel. */
export const pixelOf = (colour: string): number =>
  (0xff000000 | (parseInt(colour.slice(5, 7), 16) << 16) | (parseInt(colour.slice(3, 5), 16) << 8) | parseInt(colour.slice(1, 3), 16));

/** `share` of 256 parts of a colour over a pixel. */
function over(under: number, colour: number, share: number): number {
  const rest = 256 - share;
  const edge = (Math.imul(under & 0xff00ff, rest) + Math.imul(colour & 0xff00ff, share)) >>> 8;
  const green = (Math.imul(under & 0x00ff00, rest) + Math.imul(colour & 0x00ff00, share)) >>> 8;
  return 0xff000000 | (edge & 0xff00ff) | (green & 0x00ff00);
}

/** A shape in its colour with a rim of paper, pixel by pixel: where it lies from the middle, what is laid there, and how many parts of 256 are. */
interface Stamp { half: number; right: Int16Array; down: Int16Array; laid: Int32Array; share: Uint16Array }

/** Stamps are made once for each shape and size. */
export class Stamps {
  private readonly made: Stamp[] = [];
  private readonly pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;

  constructor(readonly kinds: number[], readonly paper: number, readonly rim: number) {}

  of(kind: number, radius: number, faint: boolean): Stamp {
    const step = radius < 12 ? Math.round(radius * 4) : 48 + Math.round(radius - 12), r = step < 48 ? step / 4 : step - 36;
    return (this.made[(step * 16 + kind) * 2 + Number(faint)] ??= this.make(kind, r, faint ? 56 : 256));
  }

  private make(kind: number, r: number, strength: number): Stamp {
    const { pen, paper, rim } = this, half = Math.ceil(r * 1.2 + rim) + 1, side = 2 * half + 1;
    pen.canvas.width = pen.canvas.height = side;
    pen.lineWidth = 2 * rim;
    trace(pen, kind, half + 0.5, half + 0.5, r);
    pen.fill();
    const inside = pen.getImageData(0, 0, side, side).data;
    pen.stroke();
    const all = pen.getImageData(0, 0, side, side).data, places: number[] = [];
    for (let i = 0; i < side * side; i++) if (all[4 * i + 3] > 8) places.push(i);
    return {
      half, right: Int16Array.from(places, (i) => (i % side) - half), down: Int16Array.from(places, (i) => Math.floor(i / side) - half),
      laid: Int32Array.from(places, (i) => over(paper, this.kinds[kind], Math.round((256 * inside[4 * i + 3]) / all[4 * i + 3]))),
      share: Uint16Array.from(places, (i) => Math.round((all[4 * i + 3] * strength) / 255)),
    };
  }
}

/** How many parts of 256 so much of lines covers. */
const shares = (strength: number): Uint16Array =>
  Uint16Array.from({ length: DEEPEST }, (_, i) => Math.round(256 * Math.min(0.92, 1 - (1 - strength) ** (i / WHOLE))));

export class Sheet {
  readonly image: ImageData;
  private readonly pixels: Int32Array;
  /** How much of lines lies over each pixel; a row below and a pixel more, so that no line has to look where the sheet ends. */
  private readonly density: Uint16Array;

  constructor(readonly width: number, readonly height: number) {
    this.image = new ImageData(width, height);
    this.pixels = new Int32Array(this.image.data.buffer);
    this.density = new Uint16Array(width * (height + 1) + 1);
  }

  /** A line of a pixel's width, or wider; nothing shows of it until `ink`. */
  line(ax: number, ay: number, bx: number, by: number, wide = 1): void {
    if (Math.abs(bx - ax) > Math.abs(by - ay)) this.run(ax, ay, bx, by, this.width, this.height, 1, this.width, wide);
    else this.run(ay, ax, by, bx, this.height, this.width, this.width, 1, wide);
  }

  /** Along the axis on which a line is longer, one pixel after the other, its coverage shared by those across. */
  private run(a0: number, b0: number, a1: number, b1: number, long: number, across: number, step: number, side: number, wide: number): void {
    if (a0 > a1) { [a0, a1] = [a1, a0]; [b0, b1] = [b1, b0]; }
    const slope = a1 > a0 ? (b1 - b0) / (a1 - a0) : 0;
    let from = Math.max(0, Math.ceil(a0 - 0.5)), to = Math.min(long - 1, Math.floor(a1 - 0.5));
    // Only where it is on the sheet, across too.
    const low = 0.02, high = across - wide - 0.02, at0 = b0 - a0 * slope - wide / 2;
    if (slope !== 0) {
      const one = (low - at0) / slope - 0.5, other = (high - at0) / slope - 0.5;
      from = Math.max(from, Math.ceil(Math.min(one, other)));
      to = Math.min(to, Math.floor(Math.max(one, other)));
    } else if (at0 < low || at0 > high) return;
    const { density } = this;
    let b = at0 + (from + 0.5) * slope;
    if (wide === 1) {
      // In whole numbers of 65,536th parts: twice as quick.
      const on = Math.round(slope * 65536);
      for (let a = from, at = from * step, fine = Math.round(b * 65536); a <= to; a++, at += step, fine += on) {
        const spot = at + Math.imul(fine >> 16, side), part = (fine >> 12) & WHOLE;
        density[spot] += WHOLE - part;
        density[spot + side] += part;
      }
      return;
    }
    for (let a = from; a <= to; a++, b += slope) {
      let row = b | 0, left = wide, room = 1 - (b - row);
      for (; left > 0; row++, left -= room, room = 1) density[a * step + row * side] += (Math.min(room, left) * WHOLE) | 0;
    }
  }

  /** Lays the lines drawn since on bare paper: one of them covers as told, several the more, none ever all. */
  begin(paper: number, colour: number, strength: number): void {
    const { density, pixels } = this, laid = Int32Array.from(shares(strength), (share) => over(paper, colour, share));
    for (let i = 0; i < pixels.length; i++) pixels[i] = laid[density[i] < DEEPEST ? density[i] : DEEPEST - 1];
    density.fill(0);
  }

  /** Lays the lines drawn since over what is there. */
  ink(colour: number, strength: number): void {
    const { density, pixels } = this, parts = shares(strength);
    for (let i = 0; i < pixels.length; i++) {
      if (density[i]) pixels[i] = over(pixels[i], colour, parts[density[i] < DEEPEST ? density[i] : DEEPEST - 1]);
    }
    density.fill(0);
  }

  stamp(one: Stamp, x: number, y: number): void {
    const { half, right, down, laid, share } = one, { width, height, pixels } = this;
    const left = Math.floor(x), top = Math.floor(y), whole = left >= half && top >= half && left + half < width && top + half < height;
    for (let i = 0; i < share.length; i++) {
      const px = left + right[i], py = top + down[i], at = py * width + px;
      if (!whole && (px < 0 || py < 0 || px >= width || py >= height)) continue;
      pixels[at] = share[i] === 256 ? laid[i] : over(pixels[at], laid[i], share[i]);
    }
  }
}
