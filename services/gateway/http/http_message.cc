#include "services/gateway/http/http_message.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"

namespace attlas::gateway {

using graph::ToAbsl;

void Headers::Add(std::string_view name, std::string_view value) {
  entries_.emplace_back(absl::AsciiStrToLower(ToAbsl(name)), value);
}

void Headers::Set(std::string_view name, std::string_view value) {
  const std::string lower = absl::AsciiStrToLower(ToAbsl(name));
  std::erase_if(entries_, [&lower](const Entry& entry) { return entry.first == lower; });
  entries_.emplace_back(lower, value);
}

std::string_view Headers::Get(std::string_view name) const {
  for (const Entry& entry : entries_) {
    if (entry.first == name) return entry.second;
  }
  return {};
}

bool Headers::Has(std::string_view name) const { return Count(name) > 0; }

size_t Headers::Count(std::string_view name) const {
  return static_cast<size_t>(
      std::count_if(entries_.begin(), entries_.end(),
                    [name](const Entry& entry) { return entry.first == name; }));
}

HttpResponse TextResponse(int status, std::string_view text) {
  HttpResponse response;
  response.status = status;
  response.headers.Add("content-type", "text/plain; charset=utf-8");
  response.body = absl::StrCat(ToAbsl(text), "\n");
  return response;
}

std::string_view ReasonPhrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 499:
      return "Client Closed Request";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "";
  }
}

bool IsHeaderValue(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= ' ' && c <= '~') || c == '\t'; });
}

std::string FormatHead(const HttpResponse& response) {
  std::string head = absl::StrCat("HTTP/1.1 ", response.status, " ",
                                  ToAbsl(ReasonPhrase(response.status)), "\r\n");
  size_t bytes = head.size() + 2;
  for (const auto& [name, value] : response.headers.entries()) {
    bytes += name.size() + value.size() + 4;
  }
  // Grows once for all.
  head.reserve(bytes);
  for (const auto& [name, value] : response.headers.entries()) {
    if (IsHeaderValue(value)) head.append(name).append(": ").append(value).append("\r\n");
  }
  head += "\r\n";
  return head;
}

}  // namespace attlas::gateway
