/** What we use of Eleventy, which has no types of its own. */
declare module "@11ty/eleventy" {
  type Token = {
    type: string;
    tag: string;
    content: string;
    info: string;
    children: Token[] | null;
    attrGet(name: string): string | null;
    attrSet(name: string, value: string): void;
  };
  type Render = (
    tokens: Token[],
    index: number,
    options: unknown,
    environment: { page: { inputPath: string } },
    self: { renderToken(tokens: Token[], index: number, options: unknown): string },
  ) => string;
  export type MarkdownLibrary = {
    set(options: { html: boolean; linkify: boolean }): MarkdownLibrary;
    renderer: { rules: Record<string, Render | undefined> };
    core: {
      ruler: {
        push(
          name: string,
          rule: (state: { tokens: Token[]; env: { page: { inputPath: string } } }) => void,
        ): void;
      };
    };
  };
  export type MarkdownToken = Token;
  export type EleventyConfig = {
    setTemplateFormats(formats: string[]): void;
    setQuietMode(quiet: boolean): void;
    amendLibrary(name: "md", amend: (library: MarkdownLibrary) => void): void;
    addGlobalData(name: string, value: unknown): void;
    addPassthroughCopy(paths: Record<string, string>): void;
    addTransform(
      name: string,
      transform: (this: { page: { inputPath: string } }, content: string) => string,
    ): void;
    setUseGitIgnore(enabled: boolean): void;
  };
  export class Eleventy {
    constructor(
      input: string,
      output: string,
      options: { quietMode: boolean; config: (config: EleventyConfig) => Record<string, unknown> },
    );
    write(): Promise<void>;
  }
}
