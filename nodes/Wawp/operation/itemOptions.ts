/** The options of one item, checked. They may differ from item to item. */
export interface ItemOptions {
	/** The binary field that a downloaded picture goes into. */
	binaryPropertyName: string;
	/** What stands for the country of phone numbers without a country code, unchecked; '' for none. */
	defaultCountry: string;
	/** Whether to get the picture itself, not only its URL. */
	downloadPicture: boolean;
	/** What stands for the URL where there is no picture, if `noPicture` says so. */
	fallbackUrl: string;
	/** Whether to say when the URL stops working. */
	includeExpiry: boolean;
	/** Whether the input's fields come first in the output item. */
	includeInputFields: boolean;
	/** What becomes of a contact without a visible picture. */
	noPicture: 'emptyUrl' | 'fallbackUrl' | 'error';
}
