import { z } from 'zod';
import { LANGUAGES } from './language.ts';
import { EndpointAddress } from './endpoint.ts';
import { McpServerSetting } from './mcp.ts';
import { Accelerator, Shortcuts } from './shortcut.ts';

/** Time of day, 24 hours, local: `HH:MM`. */
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** A stretch of a day on some weekdays (0 is Sunday). `to` before `from` goes over midnight. */
export const Hours = z.object({
  days: z.array(z.number().int().min(0).max(6)).min(1).max(7),
  from: TimeOfDay,
  to: TimeOfDay,
});
export type Hours = z.infer<typeof Hours>;

/** Days that each source is kept; 30 unless told. */
const days = z.number().int().min(1).max(3650);
const Retention = z.object({
  window: days.default(30),
  clipboard: days.default(30),
  keyboard: days.default(30),
  files: days.default(30),
  idle: days.default(30),
  web: days.default(30),
  editor: days.default(30),
  /** Suggestions, answers, feedback and decisions, with what they saw. */
  suggestions: days.default(30),
});

/** ActivityWatch clients (browser and editor extensions) on loopback port 5600; off until chosen. */
const ActivityWatch = z.object({
  ingest: z.boolean().default(false),
  /** Origins of browser extensions that may send, beside every `moz-extension://` one. */
  origins: z
    .array(z.string().max(200))
    .max(64)
    .default(['chrome-extension://nglaklhklhcoonedhgnpgddginnjdadi']),
  /** Clients must send `Authorization: Bearer KEY`; the key is in the data folder, 0600. */
  needsKey: z.boolean().default(false),
});

/** What holds every card back while it lasts; each on unless switched off. */
const Holds = z.object({
  fullScreen: z.boolean().default(true),
  meetings: z.boolean().default(true),
  sharing: z.boolean().default(true),
  /** On battery the model rests: patterns alone propose. */
  battery: z.boolean().default(true),
});

/** Every setting the program has, one schema. Defaults are the private and quiet ones. */
export const Settings = z.object({
  welcomed: z.boolean().default(false),
  /** The language of the window; `system` is the one the system prefers, English where there is no catalogue for it. */
  language: z.enum(['system', ...LANGUAGES]).default('system'),
  /** `shadow` proposes silently for a daily digest; `live` shows cards. */
  mode: z.enum(['live', 'shadow']).default('live'),
  sources: z
    .object({
      window: z.boolean().default(true),
      idle: z.boolean().default(true),
      clipboard: z.boolean().default(true),
      keyboard: z.boolean().default(true),
      files: z.boolean().default(true),
    })
    .prefault({}),
  /** Folders to watch, absolute. Empty means the user's documents, desktop and downloads, where they exist. */
  folders: z.array(z.string().max(4096)).max(64).default([]),
  /** Apps that keep name and duration only, by case-insensitive part of the name. */
  excludedApps: z.array(z.string().min(1).max(256)).max(1000).default([]),
  /** Parts of titles (case-insensitive) that keep app name and duration only. */
  excludedTitles: z.array(z.string().min(1).max(256)).max(1000).default([]),
  /** Hosts whose pages keep app name and duration only; subdomains are meant too. */
  excludedSites: z.array(z.string().min(1).max(256)).max(1000).default([]),
  /**
   * Browsers whose titles are kept although nobody can tell which of their windows are private, by case-insensitive part
   * of the name. None unless chosen: titles of private windows would be kept as well.
   */
  trustedBrowsers: z.array(z.string().min(1).max(256)).max(64).default([]),
  /**
   * Tell the desktop that an assistive technology is there (Linux: org.a11y.Status), as screen readers do, so that
   * browsers started from then on say which windows are private. It outlives us, and costs some apps some work.
   * Listening needs no setting.
   */
  accessibility: z.boolean().default(false),
  /** Entries of the shipped exclusion lists that the user switched off, as the lists spell them. */
  allowed: z.array(z.string().min(1).max(256)).max(1000).default([]),
  /** Apps whose typed text may be kept, redacted, by case-insensitive part of the name. None unless chosen. */
  typedApps: z.array(z.string().min(1).max(256)).max(200).default([]),
  retentionDays: Retention.prefault({}),
  /** When capture watches; empty means always. Outside these hours it is paused. */
  watchHours: z.array(Hours).max(14).default([]),
  /** When no card is shown. */
  quietHours: z.array(Hours).max(14).default([]),
  activityWatch: ActivityWatch.prefault({}),
  /** Seconds without input until AFK. */
  afkSeconds: z.number().int().min(10).max(3600).default(180),
  /** 0: only when sure; 1: whenever it might help. The threshold follows. */
  eagerness: z.number().min(0).max(1).default(0.4),
  cooldownSeconds: z.number().int().min(0).max(86_400).default(180),
  dailyCap: z.number().int().min(0).max(1000).default(20),
  /** Seconds a card stays before it counts as ignored. */
  cardSeconds: z.number().int().min(3).max(600).default(45),
  snoozeMinutes: z.number().int().min(1).max(1440).default(30),
  /** Epoch milliseconds until which capture is paused; null: not paused; 0: until resumed. */
  pausedUntil: z.number().int().nullable().default(null),
  /** Epoch milliseconds until which capture watches although it is outside `watchHours`; null: it keeps to them. */
  watchingUntil: z.number().int().nullable().default(null),
  notifications: z.boolean().default(true),
  /** Ask the release's feed for newer versions once a day. Nothing is asked before it is chosen. */
  updates: z.boolean().default(false),
  holds: Holds.prefault({}),
  /** Keys that work in every app. */
  shortcuts: Shortcuts.prefault({}),
  /** Share of suppressed moments that the digest asks about, 0 to 0.05. */
  auditShare: z.number().min(0).max(0.05).default(0.015),
  /** Learn from the answers, on this machine. */
  learning: z.boolean().default(true),
  mcp: z
    .object({
      servers: z.array(McpServerSetting).max(16).default([]),
      /** Answer MCP clients over stdio: recent observations and suggestions, read-only. */
      serve: z.boolean().default(false),
    })
    .prefault({}),
  model: z
    .object({
      /** Alias in the catalogue, `remote`, or `none`. */
      use: z.string().max(100).default('smollm2-135m'),
      /** A GGUF file the user names instead of the catalogue's sources. */
      file: z.string().max(4096).nullable().default(null),
      /** A GGUF LoRA adapter to apply. */
      adapter: z.string().max(4096).nullable().default(null),
      /** A prompt file with other words than ours, for a model trained elsewhere (docs/guide/prompts.md). */
      prompt: z.string().max(4096).nullable().default(null),
      threads: z.number().int().min(1).max(64).default(1),
      contextTokens: z.number().int().min(512).max(131_072).default(4096),
      /** Show what the model proposes: as its catalogue entry says, always, or never. */
      proposals: z.enum(['auto', 'on', 'off']).default('auto'),
      /** P(help) from which the model's offer is taken; 0.5 is its own word, 0 takes every offer. */
      threshold: z.number().min(0).max(1).default(0.5),
      timeoutSeconds: z.number().int().min(1).max(600).default(60),
      /** GPU use of llama.cpp: `auto` tries Vulkan or Metal, `off` is the processor. */
      gpu: z.enum(['auto', 'off']).default('auto'),
    })
    .prefault({}),
  /** An OpenAI-compatible endpoint. Using one sends observations there. The key itself is in the keyring. */
  endpoint: z
    .object({ url: z.url().max(2048), model: z.string().min(1).max(200) })
    .nullable()
    .default(null),
});
export type Settings = z.infer<typeof Settings>;

/** A change of some settings: groups are merged, everything else replaced. */
export const SettingsPatch = z
  .strictObject({
    welcomed: Settings.shape.welcomed.unwrap(),
    language: Settings.shape.language.unwrap(),
    mode: Settings.shape.mode.unwrap(),
    sources: z
      .strictObject({
        window: z.boolean(),
        idle: z.boolean(),
        clipboard: z.boolean(),
        keyboard: z.boolean(),
        files: z.boolean(),
      })
      .partial(),
    folders: Settings.shape.folders.unwrap(),
    excludedApps: Settings.shape.excludedApps.unwrap(),
    excludedTitles: Settings.shape.excludedTitles.unwrap(),
    excludedSites: Settings.shape.excludedSites.unwrap(),
    accessibility: z.boolean(),
    trustedBrowsers: Settings.shape.trustedBrowsers.unwrap(),
    allowed: Settings.shape.allowed.unwrap(),
    typedApps: Settings.shape.typedApps.unwrap(),
    retentionDays: z
      .strictObject({
        window: days,
        clipboard: days,
        keyboard: days,
        files: days,
        idle: days,
        web: days,
        editor: days,
        suggestions: days,
      })
      .partial(),
    watchHours: Settings.shape.watchHours.unwrap(),
    quietHours: Settings.shape.quietHours.unwrap(),
    activityWatch: z
      .strictObject({
        ingest: z.boolean(),
        origins: z.array(z.string().max(200)).max(64),
        needsKey: z.boolean(),
      })
      .partial(),
    afkSeconds: Settings.shape.afkSeconds.unwrap(),
    eagerness: Settings.shape.eagerness.unwrap(),
    cooldownSeconds: Settings.shape.cooldownSeconds.unwrap(),
    dailyCap: Settings.shape.dailyCap.unwrap(),
    cardSeconds: Settings.shape.cardSeconds.unwrap(),
    snoozeMinutes: Settings.shape.snoozeMinutes.unwrap(),
    pausedUntil: z.number().int().nullable(),
    watchingUntil: z.number().int().nullable(),
    notifications: z.boolean(),
    updates: z.boolean(),
    holds: z
      .strictObject({
        fullScreen: z.boolean(),
        meetings: z.boolean(),
        sharing: z.boolean(),
        battery: z.boolean(),
      })
      .partial(),
    shortcuts: z
      .strictObject({
        pause: Accelerator.nullable(),
        need: Accelerator.nullable(),
        accept: Accelerator.nullable(),
        show: Accelerator.nullable(),
      })
      .partial(),
    auditShare: Settings.shape.auditShare.unwrap(),
    learning: z.boolean(),
    mcp: z.strictObject({ servers: z.array(McpServerSetting).max(16), serve: z.boolean() }).partial(),
    model: z
      .strictObject({
        use: z.string().max(100),
        file: z.string().max(4096).nullable(),
        adapter: z.string().max(4096).nullable(),
        prompt: z.string().max(4096).nullable(),
        threads: z.number().int().min(1).max(64),
        contextTokens: z.number().int().min(512).max(131_072),
        proposals: z.enum(['auto', 'on', 'off']),
        threshold: z.number().min(0).max(1),
        timeoutSeconds: z.number().int().min(1).max(600),
        gpu: z.enum(['auto', 'off']),
      })
      .partial(),
    endpoint: z.object({ url: EndpointAddress, model: z.string().min(1).max(200) }).nullable(),
  })
  .partial();
export type SettingsPatch = z.infer<typeof SettingsPatch>;
