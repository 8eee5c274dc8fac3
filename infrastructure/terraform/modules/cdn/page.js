// Runs at the edge for everything that is no API. A path whose last part has no dot is no file but a page.
function handler(event) {
  var request = event.request;
  var last = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (last.indexOf('.') === -1 && !request.uri.startsWith('/assets/')) {
    request.uri = '/index.html';
  }
  return request;
}
