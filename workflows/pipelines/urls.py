"""Addresses of boards and moves, below the admin's."""

from django.urls import path

from workflows.pipelines.views import board, move, tick

app_name = "pipelines"

urlpatterns = [
    path("move/<int:pk>/", move.MoveView.as_view(), name="move"),
    path("tick/<int:pk>/<slug:item>/", tick.TickView.as_view(), name="tick"),
    path("board/<slug:type>/", board.BoardView.as_view(), name="board"),
    path("board/<slug:type>/<slug:stage>/", board.ColumnView.as_view(), name="column"),
]
