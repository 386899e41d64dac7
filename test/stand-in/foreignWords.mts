import { createHash } from 'node:crypto';

import type { Behaviour } from './behaviours.mts';

/** Letters of several scripts: no word made of them is in any list. */
const ALPHABETS = [
	'abcdefghijklmnopqrstuvwxyz',
	'áčďéíňóřšťúýžæøåßñçğı',
	'αβγδεζηθικλμνξοπρστυφχψω',
	'абвгдежзийклмнопрстуфхцчшщыэюя',
	'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
	'אבגדהוזחטיכלמנסעפצקרשת',
	'अआइईउऊएऐकखगघचजझटडतदनपबमयरलवसह',
	'的一是不了人我在有他这为之大来以个中上们',
	'가나다라마바사아자차카타파하',
	'กขคงจฉชซญดตถทธนบปผพภมยรลวสหอ',
].map((letters) => [...letters]);

/** Numbers that depend on nothing but a text. */
function* numbersFrom(about: string): Generator<number, never> {
	for (let round = 0; ; round += 1) yield* createHash('sha256').update(`${about} ${round}`).digest();
}

/** Three to eight words that nobody has ever seen, in one script; always the same for the same text. */
export function sentence(about: string): string {
	const numbers = numbersFrom(about);
	const below = (limit: number) => numbers.next().value % limit;
	const alphabet = ALPHABETS[below(ALPHABETS.length)] ?? [];
	const word = () => Array.from({ length: 2 + below(8) }, () => alphabet[below(alphabet.length)]).join('');
	return Array.from({ length: 3 + below(6) }, word).join(' ');
}

/** Keys under which a body holds no words: what a picture is told by. */
const KEPT = new Set(['id', 'url', 'profilePictureURL']);

/** The same answer in words that nobody has ever seen: each text of its body becomes another, codes included. */
export function inForeignWords(behaviour: Behaviour, about: string): Behaviour {
	if (!('status' in behaviour) || typeof behaviour.body !== 'string' || behaviour.body === '') return behaviour;
	const { body } = behaviour;
	if (!body.startsWith('{')) return { ...behaviour, type: 'text/plain', body: sentence(`${about} ${body}`) };
	const reword = (key: string, value: unknown): unknown =>
		typeof value === 'string' && !KEPT.has(key) ? sentence(`${about} ${value}`) : value;
	return { ...behaviour, body: JSON.stringify(JSON.parse(body), reword) };
}
