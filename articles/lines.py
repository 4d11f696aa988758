"""tmp"""
from articles.textform import joined
def read(tree, block, url, facts):
    return joined(block), (), ()
