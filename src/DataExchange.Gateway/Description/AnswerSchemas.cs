using System.Text.Json.Nodes;
using DataExchange.Gateway.Access;

namespace DataExchange.Gateway.Description;

/// <summary>Schemas of what is answered.</summary>
internal static class AnswerSchemas
{
    // What a refused command answers is in its problem as well.
    private const string Text =
        """
        {
          "Titles": { "description": "A title in both languages.", "type": "object", "required": ["zh", "en"], "properties": { "zh": { "type": "string" }, "en": { "type": "string" } } },
          "Problem": { "description": "Why a request was refused, RFC 9457; of a command that the exchange refused also what it answered.",
            "type": "object", "required": ["type", "title", "status", "detail", "titles"], "properties": {
            "type": { "type": "string", "description": "/problems/ and the name of the reason." }, "title": { "type": "string", "description": "In the language asked for." },
            "status": { "type": "integer", "format": "int32" }, "detail": { "type": "string" }, "instance": { "type": "string", "description": "The path that was asked." },
            "titles": { "$ref": "#/components/schemas/Titles" }, "rejection": { "type": "string", "description": "The exchange's own name of the reason." },
            "field": { "type": "string", "description": "The field, header or parameter that is wrong." }, "value": { "type": ["string", "null"], "description": "What it holds; null when it is missing." },
            "allowed": { "type": "string", "description": "What is allowed." }, "id": { "type": "string", "format": "uuid", "description": "Id of the command." },
            "stream": { "type": "string", "description": "The stream that the command addresses." }, "version": { "type": "integer", "format": "int32", "description": "The stream's version." },
            "expected": { "type": "integer", "format": "int32", "description": "The version that If-Match asked for." },
            "wasRepeated": { "type": "boolean", "description": "Whether the command had been answered before." },
            "events": { "type": "array", "items": { "$ref": "#/components/schemas/CommandEvent" }, "description": "Facts that were recorded although it was refused." } } },
          "CommandEvent": { "description": "A fact that came of a command.", "type": "object", "required": ["version", "type", "data"], "properties": {
            "version": { "type": "integer", "format": "int32", "description": "Its place in the stream." }, "type": { "type": "string", "description": "Its stored name, as docs/events.md lists it." },
            "data": { "type": "object", "description": "Its fields." } } },
          "CommandAnswer": { "description": "What a command led to.", "type": "object", "required": ["id", "stream", "version", "wasRepeated", "events"], "properties": {
            "id": { "type": "string", "format": "uuid", "description": "Id of the command." }, "stream": { "type": "string", "description": "The stream that it addressed." },
            "version": { "type": "integer", "format": "int32", "description": "The stream's version after it." },
            "wasRepeated": { "type": "boolean", "description": "Whether it had been executed before, under the same key." },
            "events": { "type": "array", "items": { "$ref": "#/components/schemas/CommandEvent" }, "description": "The facts that it led to in that stream." } } },
          "StoredEvent": { "description": "A recorded fact.", "type": "object", "required": ["sequence", "stream", "version", "type", "data"], "properties": {
            "sequence": { "type": "integer", "format": "int64", "description": "Its place among all facts." }, "stream": { "type": "string" },
            "version": { "type": "integer", "format": "int64", "description": "Its place in the stream." }, "type": { "type": "string", "description": "Its stored name, as docs/events.md lists it." },
            "data": { "type": "object", "description": "Its fields." } } },
          "EventPage": { "description": "Some of the facts of a stream.", "type": "object", "required": ["items", "next"], "properties": {
            "items": { "type": "array", "items": { "$ref": "#/components/schemas/StoredEvent" } }, "next": { "type": ["integer", "null"], "format": "int64", "description": "Where the next page begins; null at the end." } } },
          "Product": { "description": "A registered product.", "type": "object", "required": ["id", "version", "stage", "productVersion", "holder", "updatedAt"], "properties": {
            "id": { "type": "string" }, "version": { "type": "integer", "format": "int32", "description": "Version of its stream." }, "stage": { "type": "string", "description": "How far its registration is." },
            "productVersion": { "type": "integer", "format": "int32", "description": "Version of its content." }, "title": { "type": "string" }, "titleEn": { "type": "string" }, "venue": { "type": "string" }, "provider": { "type": "string", "description": "Who applied." },
            "form": { "type": "string" }, "category": { "type": "string" }, "subTrack": { "type": "string" }, "isPublicData": { "type": "boolean" }, "useScenario": { "type": "string" },
            "securityClass": { "type": "string" }, "registeredAt": { "type": "string", "format": "date-time" }, "refusal": { "type": "string", "description": "Why its registration was refused." },
            "holder": { "type": ["string", "null"], "description": "Who holds its rights." }, "certificateUntil": { "type": ["string", "null"], "format": "date-time", "description": "Until when its certificate is valid." },
            "updatedAt": { "type": "string", "format": "date-time" }, "price": { "type": ["object", "null"], "description": "The last PriceSet; of one product alone." },
            "offers": { "type": "object", "additionalProperties": { "type": "string" }, "description": "Its state at each venue; of one product alone." } } },
          "ProductPage": { "description": "Some products.", "type": "object", "required": ["items", "next"], "properties": {
            "items": { "type": "array", "items": { "$ref": "#/components/schemas/Product" } }, "next": { "type": ["string", "null"], "description": "Where the next page begins; null at the end." } } },
          "Deal": { "description": "A deal.", "type": "object", "required": ["id", "version", "stage", "product", "venue", "buyer", "provider", "channel", "licence", "quantity", "amountFen", "refundedFen", "updatedAt"],
            "properties": { "id": { "type": "string" }, "version": { "type": "integer", "format": "int32", "description": "Version of its stream." }, "stage": { "type": "string", "description": "How far it is." },
            "product": { "type": "string" }, "venue": { "type": "string" }, "buyer": { "type": "string" }, "provider": { "type": "string" }, "channel": { "type": "string" },
            "licence": { "type": "string" }, "quantity": { "type": "integer", "format": "int32" }, "amountFen": { "type": "integer", "format": "int64", "description": "Fen, 1/100 yuan." },
            "refundedFen": { "type": "integer", "format": "int64", "description": "Fen, 1/100 yuan." }, "updatedAt": { "type": "string", "format": "date-time" } } },
          "DealPage": { "description": "Some deals.", "type": "object", "required": ["items", "next"], "properties": {
            "items": { "type": "array", "items": { "$ref": "#/components/schemas/Deal" } }, "next": { "type": ["string", "null"], "description": "Where the next page begins; null at the end." } } },
          "Party": { "description": "A registered party.", "type": "object", "required": ["id", "version", "name", "nameEn", "role", "registeredAt"], "properties": {
            "id": { "type": "string" }, "version": { "type": "integer", "format": "int32", "description": "Version of its stream." }, "name": { "type": "string" }, "nameEn": { "type": "string" },
            "role": { "type": "string", "description": "What it does on the market." }, "subTrack": { "type": ["string", "null"] }, "registeredAt": { "type": "string", "format": "date-time" } } },
          "PartyPage": { "description": "Some parties.", "type": "object", "required": ["items", "next"], "properties": {
            "items": { "type": "array", "items": { "$ref": "#/components/schemas/Party" } }, "next": { "type": ["string", "null"], "description": "Where the next page begins; null at the end." } } },
          "PriceLevel": { "description": "Orders of one side at one price.", "type": "object", "required": ["priceFen", "quantity", "orders"], "properties": {
            "priceFen": { "type": "integer", "format": "int64", "description": "Fen a pack." }, "quantity": { "type": "integer", "format": "int64", "description": "Packs that are shown." },
            "orders": { "type": "integer", "format": "int32", "description": "Orders." } } },
          "BookTop": { "description": "Best prices; null on a side without orders.", "type": "object", "properties": {
            "bidFen": { "type": ["integer", "null"], "format": "int64" }, "bidQuantity": { "type": ["integer", "null"], "format": "int64" },
            "askFen": { "type": ["integer", "null"], "format": "int64" }, "askQuantity": { "type": ["integer", "null"], "format": "int64" } } },
          "BookDepth": { "description": "Both sides of an order book, the best prices first.", "type": "object", "required": ["phase", "isSuspended", "isClosed", "bids", "asks"], "properties": {
            "phase": { "type": "string", "description": "What the book is doing." }, "isSuspended": { "type": "boolean" }, "isClosed": { "type": "boolean" },
            "bids": { "type": "array", "items": { "$ref": "#/components/schemas/PriceLevel" } }, "asks": { "type": "array", "items": { "$ref": "#/components/schemas/PriceLevel" } } } },
          "BookTrade": { "description": "A trade, without names.", "type": "object", "required": ["priceFen", "quantity", "amountFen", "isIssue", "at"], "properties": {
            "priceFen": { "type": "integer", "format": "int64", "description": "Fen a pack." }, "quantity": { "type": "integer", "format": "int32", "description": "Packs." },
            "amountFen": { "type": "integer", "format": "int64" }, "taker": { "type": ["string", "null"], "description": "Side of the incoming order; null in an auction." },
            "isIssue": { "type": "boolean", "description": "Whether the packs were issued with it." }, "at": { "type": "string", "format": "date-time" } } },
          "Book": { "description": "An order book as everybody may see it.", "type": "object", "required": ["product", "version", "phase", "isSuspended", "isClosed", "bids", "asks", "top"], "properties": {
            "product": { "type": "string" }, "version": { "type": "integer", "format": "int32", "description": "Version of its stream." },
            "phase": { "type": "string", "description": "What the book is doing." }, "isSuspended": { "type": "boolean" }, "isClosed": { "type": "boolean" },
            "bids": { "type": "array", "items": { "$ref": "#/components/schemas/PriceLevel" } }, "asks": { "type": "array", "items": { "$ref": "#/components/schemas/PriceLevel" } },
            "top": { "$ref": "#/components/schemas/BookTop" }, "lastTrade": { "anyOf": [{ "$ref": "#/components/schemas/BookTrade" }, { "type": "null" }], "description": "The last trade; null before the first." } } },
          "MarketEvent": { "description": "What happened in an order book: one of trade, top and depth, as the type of the event says.", "type": "object", "required": ["product", "version", "at"], "properties": {
            "product": { "type": "string" }, "version": { "type": "integer", "format": "int32", "description": "Version of the book's stream." }, "at": { "type": "string", "format": "date-time" },
            "trade": { "$ref": "#/components/schemas/BookTrade" }, "top": { "$ref": "#/components/schemas/BookTop" }, "depth": { "$ref": "#/components/schemas/BookDepth" } } },
          "RefusedAttempt": { "description": "An attempt that was refused.", "type": "object", "required": ["number", "at", "method", "path", "status", "reason"], "properties": {
            "number": { "type": "integer", "format": "int64" }, "at": { "type": "string", "format": "date-time" }, "party": { "type": ["string", "null"] }, "role": { "type": ["string", "null"] },
            "key": { "type": ["string", "null"], "description": "Id of the key." }, "method": { "type": "string" }, "path": { "type": "string" },
            "status": { "type": "integer", "format": "int32" }, "reason": { "type": "string" } } },
          "AuditPage": { "description": "Some of the refused attempts.", "type": "object", "required": ["items", "next"], "properties": {
            "items": { "type": "array", "items": { "$ref": "#/components/schemas/RefusedAttempt" } }, "next": { "type": ["integer", "null"], "format": "int64", "description": "Where the next page begins; null at the end." } } },
          "BearerToken": { "description": "A bearer token.", "type": "object", "required": ["token", "tokenType", "expiresInSeconds"], "properties": {
            "token": { "type": "string" }, "tokenType": { "type": "string" }, "expiresInSeconds": { "type": "integer", "format": "int64" } } },
          "IssuedKey": { "description": "An API key, shown this once.", "type": "object", "required": ["id", "party", "role", "key", "note"], "properties": {
            "id": { "type": "string", "format": "uuid", "description": "By which it is taken back." }, "party": { "type": "string" }, "role": { "$ref": "#/components/schemas/Role" },
            "key": { "type": "string", "description": "What its holder sends." }, "note": { "type": "string" } } },
          "KeyRequest": { "description": "Whose key is wanted.", "type": "object", "additionalProperties": false, "required": ["party", "role"], "properties": {
            "party": { "type": "string", "description": "The party that its holder acts as." }, "role": { "$ref": "#/components/schemas/Role" } } }
        }
        """;

    internal static JsonObject Make()
    {
        var schemas = JsonNode.Parse(Text)!.AsObject();
        schemas["Role"] = new JsonObject
        {
            ["description"] = "What a caller is to the exchange.",
            ["type"] = "string",
            ["enum"] = new JsonArray([.. Enum.GetNames<Role>().Select(name => (JsonNode)name)]),
        };
        return schemas;
    }
}
