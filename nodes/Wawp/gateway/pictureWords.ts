// What is said of pictures, in the words of an answer (`Body.words`): those of several fields, with full stops between them.

const PICTURE = '(?:picture|photo|avatar|image)';
const PLAN = '(?:plan|subscription|tier|licen[cs]e|premium)';

const MISSING = new RegExp(
	[
		`\\b(?:no|without(?: an?)?|has not set an?|hasn't set an?)\\b[^.;]{0,20}\\b${PICTURE}s?\\b`,
		`\\b${PICTURE}s?\\b[^.;]{0,30}` +
			"\\b(?:not (?:found|set|available|visible|public|exist)|does(?: not|n't) exist|hidden|private|missing|empty|restricted)\\b",
	].join('|'),
);

/** That a person "has not set one yet" is another thing. */
const COMING = new RegExp(
	[
		'\\btemporar(?:y|ily)\\b|\\b(?:pending|queued|in progress)\\b',
		'\\bprocessing\\b(?! (?:the |this |your )?request)',
		'\\b(?:available|ready|loaded|fetched|synced|cached) yet\\b',
	].join('|'),
);

const BARRED = new RegExp(
	[
		`\\b(?:${PLAN}|feature|upgrade|paid|administrator)s?\\b`,
		'\\brestricted\\b.{0,20}\\b(?:this|your) (?:instance|account)\\b',
		'\\b(?:this|your) (?:instance|account) is restricted\\b',
		`\\bno access to (?:profile )?${PICTURE}s\\b`,
	].join('|'),
);

/** What counts in a sentence of its own, beside one on pictures: a code, which is short, or what they take. */
const BESIDE = new RegExp(
	[
		'^ ?[^\\s/]+(?: [^\\s/]+){0,2}$',
		`\\b(?:requires?|needs?|upgrade|not (?:included|available|allowed|enabled))\\b.{0,40}\\b${PLAN}\\b`,
	].join('|'),
);

export function namesPicture(words: string): boolean {
	return /picture|photo|avatar/.test(words);
}

/** Whether there is no picture, or none to see. Where one is coming or barred, that is not known. */
export function pictureIsMissing(words: string): boolean {
	return MISSING.test(words);
}

/** Whether there may be a picture, but not for now. */
export function pictureIsComing(words: string): boolean {
	return sentencesOnPictures(words).some((sentence) => COMING.test(sentence));
}

/** Whether this account may not look pictures up, whoever the contact is. */
export function pictureIsBarred(words: string): boolean {
	return sentencesOnPictures(words).some((sentence) => BARRED.test(sentence));
}

function sentencesOnPictures(words: string): string[] {
	if (!namesPicture(words)) return [];
	return words.split(/[.;]/).filter((sentence) => namesPicture(sentence) || BESIDE.test(sentence));
}
