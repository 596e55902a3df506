import { isRecord, type ToldRecord } from '@hookswitch/core';
import type { XMLParser } from 'fast-xml-parser';

/** The elements of a document by their names; empty where it is none, or one with a DOCTYPE, which may hold anything. */
export function elementsIn(document: string, parser: XMLParser): ToldRecord {
  try {
    const root: unknown = /<!DOCTYPE/i.test(document) ? null : parser.parse(document);
    return isRecord(root) ? root : {};
  } catch {
    // Names that are no names for objects, elements too deep, and what is no XML at all.
    return {};
  }
}
