// Parses the Prometheus text on standard input with a parser of others, and writes what it read as JSON.
import { readFileSync } from 'node:fs';
import parse from 'parse-prometheus-text-format';

process.stdout.write(JSON.stringify(parse(readFileSync(0, 'utf8'))));
