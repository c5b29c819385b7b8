"""The widget's address, for pages of this service and of others."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from service.channels.widget.module import WidgetModule

PATH = "/widget/v1/citewise.js"
_HEADERS = {
    # An hour without asking again; then the ETag makes asking cheap.
    "Cache-Control": "public, max-age=3600, stale-while-revalidate=86400",
    "Vary": "Accept-Encoding",
    # Any page may load it, for there is nothing in it to hide; only those of the listed origins may ask.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def widget_routes(module: WidgetModule) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    headers = {**_HEADERS, "ETag": module.etag}

    @router.api_route(PATH, methods=["GET", "HEAD"])
    async def script(request: Request) -> Response:
        if module.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            packed = {**headers, "Content-Encoding": "gzip"}
            return Response(module.compressed, headers=packed, media_type="text/javascript")
        return Response(module.text, headers=headers, media_type="text/javascript")

    return router


def script_element(module: WidgetModule, service: str) -> str:
    """The line that a page needs to have the widget; `service` is the address under which people reach it."""
    address = f"{service.rstrip('/')}{PATH}"
    return f'<script type="module" src="{address}" integrity="{module.integrity}" crossorigin="anonymous"></script>'
