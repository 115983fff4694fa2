#include "services/gateway/site/openapi.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.pb.h"
#include "services/gateway/json/json_writer.h"
#include "services/gateway/rpc/method_table.h"
#include "services/gateway/rpc/rpc_error.h"

namespace attlas::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

constexpr char kErrorSchema[] = "connect.Error";

void Reference(std::string_view schema, JsonWriter* json) {
  json->Key("$ref").String(absl::StrCat("#/components/schemas/", std::string(schema)));
}

void Describe(const std::string& text, JsonWriter* json) {
  if (!text.empty()) json->Key("description").String(text);
}

void Type(std::string_view type, std::string_view format, JsonWriter* json) {
  json->Key("type").String(type);
  if (!format.empty()) json->Key("format").String(format);
}

// A message of google.protobuf as JSON writes it.
void WellKnownType(const Descriptor& message, JsonWriter* json) {
  const std::string& name = message.full_name();
  if (name == "google.protobuf.Timestamp") return Type("string", "date-time", json);
  if (name == "google.protobuf.Duration" || name == "google.protobuf.FieldMask") {
    return Type("string", "", json);
  }
  Type("object", "", json);
}

// What the value of a field is, apart from being repeated.
void ValueType(const FieldDescriptor& field, JsonWriter* json) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return Type("boolean", "", json);
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_UINT32:
      return Type("integer", "int32", json);
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT64:
      return Type("string", "int64", json);  // JSON's numbers are not wide enough.
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Type("number", "double", json);
    case FieldDescriptor::CPPTYPE_STRING:
      return Type("string", field.type() == FieldDescriptor::TYPE_BYTES ? "byte" : "", json);
    case FieldDescriptor::CPPTYPE_ENUM:
      return Reference(field.enum_type()->full_name(), json);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type()->full_name().starts_with("google.protobuf.")) {
        return WellKnownType(*field.message_type(), json);
      }
      return Reference(field.message_type()->full_name(), json);
  }
}

void FieldSchema(const FieldDescriptor& field, const ApiComments& comments, JsonWriter* json) {
  json->Key(field.json_name()).BeginObject();
  Describe(comments.OfField(field.full_name()), json);
  if (field.is_map()) {
    json->Key("type").String("object").Key("additionalProperties").BeginObject();
    ValueType(*field.message_type()->map_value(), json);
    json->EndObject();
  } else if (field.is_repeated()) {
    json->Key("type").String("array").Key("items").BeginObject();
    ValueType(field, json);
    json->EndObject();
  } else {
    ValueType(field, json);
  }
  json->EndObject();
}

void MessageSchema(const Descriptor& message, const ApiComments& comments, JsonWriter* json) {
  json->Key(message.full_name()).BeginObject();
  Describe(comments.OfMessage(message.full_name()), json);
  json->Key("type").String("object").Key("properties").BeginObject();
  for (int i = 0; i < message.field_count(); ++i) FieldSchema(*message.field(i), comments, json);
  json->EndObject().Key("additionalProperties").Bool(false).EndObject();
}

void EnumSchema(const EnumDescriptor& type, const ApiComments& comments, JsonWriter* json) {
  std::string text = comments.OfEnum(type.full_name());
  json->Key(type.full_name()).BeginObject().Key("type").String("string").Key("enum").BeginArray();
  for (int i = 0; i < type.value_count(); ++i) {
    json->String(type.value(i)->name());
    const std::string of_value = comments.OfEnumValue(type.value(i)->full_name());
    absl::StrAppend(&text, "\n\n`", type.value(i)->name(), "`: ", of_value);
  }
  json->EndArray();
  Describe(text, json);
  json->EndObject();
}

void ErrorSchema(JsonWriter* json) {
  json->Key(kErrorSchema).BeginObject().Key("type").String("object");
  json->Key("description").String("An error of the Connect protocol.");
  json->Key("required").BeginArray().String("code").EndArray();
  json->Key("properties").BeginObject();
  json->Key("code").BeginObject().Key("type").String("string").Key("enum").BeginArray();
  for (int code = grpc::StatusCode::CANCELLED; code <= grpc::StatusCode::UNAUTHENTICATED; ++code) {
    json->String(CodeName(static_cast<grpc::StatusCode>(code)));
  }
  json->EndArray().EndObject();
  json->Key("message").BeginObject().Key("type").String("string").EndObject();
  json->Key("details").BeginObject().Key("type").String("array").Key("items").BeginObject();
  json->Key("type").String("object").Key("properties").BeginObject();
  json->Key("type").BeginObject().Key("type").String("string").EndObject();
  json->Key("value").BeginObject().Key("type").String("string").EndObject();
  json->Key("debug").BeginObject().Key("type").String("object").EndObject();
  json->EndObject().EndObject().EndObject();
  json->EndObject().EndObject();
}

void Content(std::string_view type, const std::string& schema, JsonWriter* json) {
  json->Key("content").BeginObject().Key(type).BeginObject().Key("schema").BeginObject();
  Reference(schema, json);
  json->EndObject().EndObject().EndObject();
}

void Responses(const MethodDescriptor& method, std::string_view type, JsonWriter* json) {
  json->Key("responses").BeginObject();
  json->Key("200")
      .BeginObject()
      .Key("description")
      .String(method.server_streaming() ? "A stream of answers, each in an envelope."
                                        : "The answer.");
  Content(type, method.output_type()->full_name(), json);
  json->EndObject();
  json->Key("default").BeginObject().Key("description").String("An error.");
  Content("application/json", kErrorSchema, json);
  json->EndObject().EndObject();
}

void QueryParameter(std::string_view name, bool required, std::string_view text,
                    const std::vector<std::string_view>& values, JsonWriter* json) {
  json->BeginObject().Key("name").String(name).Key("in").String("query");
  json->Key("required").Bool(required).Key("description").String(text);
  json->Key("schema").BeginObject().Key("type").String("string");
  if (!values.empty()) {
    json->Key("enum").BeginArray();
    for (const std::string_view value : values) json->String(value);
    json->EndArray();
  }
  json->EndObject().EndObject();
}

void Begin(const MethodDescriptor& method, std::string_view verb, const ApiComments& comments,
           JsonWriter* json) {
  const std::string comment = comments.OfMethod(method.full_name());
  json->Key(verb).BeginObject();
  json->Key("operationId")
      .String(
          absl::StrCat(method.service()->name(), "_", method.name(), verb == "get" ? "_get" : ""));
  json->Key("tags").BeginArray().String(method.service()->name()).EndArray();
  if (!comment.empty()) json->Key("summary").String(FirstSentence(comment));
  Describe(comment, json);
}

void Post(const MethodDescriptor& method, const ApiComments& comments, JsonWriter* json) {
  const std::string_view type = IsStream(method) ? "application/connect+json" : "application/json";
  Begin(method, "post", comments, json);
  json->Key("requestBody").BeginObject().Key("required").Bool(true);
  Content(type, method.input_type()->full_name(), json);
  json->EndObject();
  Responses(method, type, json);
  json->EndObject();
}

void Get(const MethodDescriptor& method, const ApiComments& comments, JsonWriter* json) {
  Begin(method, "get", comments, json);
  json->Key("parameters").BeginArray();
  json->BeginObject().Key("name").String("message").Key("in").String("query");
  json->Key("required").Bool(true).Key("description").String("The request as JSON.");
  Content("application/json", method.input_type()->full_name(), json);
  json->EndObject();
  QueryParameter("encoding", true, "How the message is written.", {"json", "proto"}, json);
  QueryParameter("base64", false, "1 where the message is base64 as in URLs.", {"1"}, json);
  QueryParameter("compression", false, "How the message is compressed.", {"gzip", "identity"},
                 json);
  QueryParameter("connect", false, "The version of the protocol.", {"v1"}, json);
  json->EndArray();
  Responses(method, "application/json", json);
  json->EndObject();
}

}  // namespace

std::string OpenApiDocument(const std::vector<const ServiceDescriptor*>& services,
                            const ApiComments& comments) {
  JsonWriter json;
  json.BeginObject().Key("openapi").String("3.1.0");
  json.Key("info").BeginObject().Key("title").String("Attlas").Key("version").String("v1");
  json.Key("description")
      .String(
          "Arms-control commitments: who takes part in what, and what follows. Calls are made "
          "by the Connect protocol; gRPC and gRPC-Web take the same messages.")
      .EndObject();
  json.Key("servers").BeginArray().BeginObject().Key("url").String("/").EndObject().EndArray();
  json.Key("tags").BeginArray();
  for (const ServiceDescriptor* service : services) {
    json.BeginObject().Key("name").String(service->name());
    Describe(comments.OfService(service->full_name()), &json);
    json.EndObject();
  }
  json.EndArray().Key("paths").BeginObject();
  for (const ServiceDescriptor* service : services) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      json.Key(PathOf(method)).BeginObject();
      Post(method, comments, &json);
      if (TakesGet(method)) Get(method, comments, &json);
      json.EndObject();
    }
  }
  json.EndObject().Key("components").BeginObject();
  json.Key("securitySchemes").BeginObject().Key("token").BeginObject();
  json.Key("type").String("http").Key("scheme").String("bearer").EndObject().EndObject();
  json.Key("schemas").BeginObject();
  const std::vector<const Descriptor*> messages = MessagesOf(services);
  for (const Descriptor* message : messages) MessageSchema(*message, comments, &json);
  for (const EnumDescriptor* type : EnumsOf(messages)) EnumSchema(*type, comments, &json);
  ErrorSchema(&json);
  json.EndObject().EndObject();
  // Whether a token is asked for is a matter of the policy.
  json.Key("security").BeginArray().BeginObject().EndObject();
  json.BeginObject().Key("token").BeginArray().EndArray().EndObject().EndArray();
  return json.EndObject().Take();
}

}  // namespace attlas::gateway
