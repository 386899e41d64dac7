import { fieldOfSimpleExpression } from '../../../nodes/Wawp/operation/parameterReader';

describe('The field that an expression names', () => {
	test.each([
		['={{ $json.phone }}', 'phone'],
		['={{$json.phone}}', 'phone'],
		['={{ $json._private$1 }}', '_private$1'],
		['={{ $json["Phone Number"] }}', 'Phone Number'],
		["={{ $json['Phone Number'] }}", 'Phone Number'],
		['={{ $json["it\'s"] }}', "it's"],
		['={{ $json["téléphone"] }}', 'téléphone'],
	])('of %s is %s', (raw, field) => {
		expect(fieldOfSimpleExpression(raw)).toBe(field);
	});

	test.each([
		'phone',
		'{{ $json.phone }}',
		'=phone {{ $json.phone }}',
		'phone={{ $json.phone }}',
		'=+{{ $json.phone }}',
		'={{ $json.phone }}@c.us',
		'={{ $json.lead.phone }}',
		'={{ $json.phones[0] }}',
		'={{ $json[0] }}',
		'={{ $json["a\\"b"] }}',
		'={{ $json[""] }}',
		'={{ $json.phone.trim() }}',
		'={{ $json.phone + "" }}',
		'={{ $json }}',
		'={{ $input.item.json.phone }}',
		'={{ $("Leads").item.json.phone }}',
		'={{ $json.phone }}{{ $json.phone }}',
		'={{ $json?.phone }}',
		'={{ $json.1 }}',
		['={{ $json.phone }}'],
		15551234567,
		undefined,
		null,
		{},
	])('of %p is for n8n to find', (raw) => {
		expect(fieldOfSimpleExpression(raw)).toBeUndefined();
	});
});
