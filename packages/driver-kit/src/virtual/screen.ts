import { type Color, renderBitmap } from './bitmap.ts';

/** What a screen shows. */
export interface ScreenContent {
  readonly lines: readonly string[];
  readonly background: Color;
  readonly foreground: Color;
}

/** A phone's screen: a few lines of text, to be had as a picture. */
export class Screen {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** What it shows; set it at any time. */
  content: ScreenContent;

  constructor(width: number, height: number, content: Partial<ScreenContent> = {}) {
    this.width = width;
    this.height = height;
    this.content = { lines: [], background: [16, 36, 64], foreground: [255, 255, 255], ...content };
  }

  /** Replaces the lines; the colours stay. */
  show(...lines: readonly string[]): void {
    this.content = { ...this.content, lines };
  }

  /** The picture: a 24-bit BMP file. */
  toBmp(): Uint8Array {
    return renderBitmap({ width: this.width, height: this.height, ...this.content });
  }
}
