"""Articles into passages, vectors and words; questions into passages. Asking is ``qa``'s.

``index.article_index.ArticleIndex`` is where to begin.
"""

import os

# ONNX Runtime reports to its maker otherwise. It looks when it is imported, by whichever module.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
